package io.fincore.dev.benchmark;

import io.fincore.dev.stack.Stack;
import java.time.Duration;
import java.util.stream.Stream;

/** What the processes of a benchmark have taken of the processors since they began. */
record ProcessorTime(Duration client, Duration api, Duration database) {

    static ProcessorTime of(Stack stack) {
        ProcessHandle postgres = ProcessHandle.of(stack.postgres().pid()).orElseThrow();
        return new ProcessorTime(
                used(ProcessHandle.current()),
                used(ProcessHandle.of(stack.api().pid()).orElseThrow()),
                Stream.concat(Stream.of(postgres), postgres.descendants())
                        .map(ProcessorTime::used)
                        .reduce(Duration.ZERO, Duration::plus));
    }

    /** The shares of what was used between the two: client, API, database, in per cent of one processor. */
    String since(ProcessorTime before, Duration time) {
        return "processors: client %d %%, API %d %%, database %d %%"
                .formatted(
                        percent(client.minus(before.client), time),
                        percent(api.minus(before.api), time),
                        percent(database.minus(before.database), time));
    }

    private static long percent(Duration used, Duration time) {
        return Math.round(100.0 * used.toNanos() / time.toNanos());
    }

    private static Duration used(ProcessHandle process) {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }
}
