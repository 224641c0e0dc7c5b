package io.fincore.dev.endtoend;

import io.fincore.dev.stack.WorkerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The events that a worker has consumed: it writes each as one line of JSON. */
final class WorkerLog {

    private static final Pattern EVENT = Pattern.compile("\"event_id\":\"([^\"]+)\"");

    private WorkerLog() {}

    static Set<String> eventIds(WorkerProcess worker) {
        Path file = worker.logFile();
        Set<String> ids = new TreeSet<>();
        // A long log is moved aside when the worker is started again.
        Stream.of(file.resolveSibling(file.getFileName() + ".1"), file)
                .filter(Files::exists)
                .forEach(log -> addIds(log, ids));
        return ids;
    }

    private static void addIds(Path log, Set<String> ids) {
        try (Stream<String> lines = Files.lines(log)) {
            lines.flatMap(line -> EVENT.matcher(line).results())
                    .map((MatchResult match) -> match.group(1))
                    .forEach(ids::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
