package io.fincore.dev.benchmark;

import io.fincore.dev.stack.StackException;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Clients of one principal that order transfers at a steady pace, however long the answers take.
 *
 * @param wallets that money goes between, the principal's or not
 * @param perSecond of all clients together
 */
record PacedClients(URI api, String token, List<String> wallets, int clients, int perSecond) {

    private static final List<String> HEADERS_OF_REFUSALS = List.of("Retry-After", "RateLimit", "RateLimit-Policy");

    /**
     * @param latencyNanos of all answers, from the moment when each request was to be sent
     * @param refused with 429
     * @param bare of these, without one of the headers that they must have
     * @param overloaded 503
     */
    record Outcome(List<Long> latencyNanos, int refused, int bare, int overloaded) {

        Outcome {
            latencyNanos = List.copyOf(latencyNanos);
        }

        Outcome plus(Outcome other) {
            return new Outcome(
                    LongStream.concat(
                                    latencyNanos.stream().mapToLong(Long::longValue),
                                    other.latencyNanos.stream().mapToLong(Long::longValue))
                            .boxed()
                            .toList(),
                    refused + other.refused,
                    bare + other.bare,
                    overloaded + other.overloaded);
        }

        Latencies latencies() {
            return new Latencies(
                    latencyNanos.stream().mapToLong(Long::longValue).toArray());
        }
    }

    /** @throws StackException if a connection breaks or an answer takes ten seconds */
    Outcome run(Duration length) {
        try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
            List<Callable<Outcome>> all = IntStream.range(0, clients)
                    .<Callable<Outcome>>mapToObj(number -> () -> order(length, number))
                    .toList();
            Outcome sum = new Outcome(List.of(), 0, 0, 0);
            for (Future<Outcome> each : threads.invokeAll(all)) {
                sum = sum.plus(each.get());
            }
            return sum;
        } catch (ExecutionException e) {
            throw new StackException("The benchmark of limits failed: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted during the benchmark.", e);
        }
    }

    private Outcome order(Duration length, int number) throws IOException {
        List<Long> latencies = new ArrayList<>();
        int refused = 0;
        int bare = 0;
        int overloaded = 0;
        long start = System.nanoTime();
        long due = start;
        try (LeanHttp http = new LeanHttp(api, "/v1/transfers", token)) {
            for (long call = 0; due < start + length.toNanos(); call++) {
                due = start + (call * clients + number) * 1_000_000_000L / perSecond;
                for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                LeanHttp.Answer answer = http.exchange(UUID.randomUUID().toString(), anyOrder());
                latencies.add(System.nanoTime() - due);
                overloaded += answer.status() == 503 ? 1 : 0;
                if (answer.status() == 429) {
                    refused++;
                    bare += HEADERS_OF_REFUSALS.stream().allMatch(answer::has) ? 0 : 1;
                }
            }
        }
        return new Outcome(latencies, refused, bare, overloaded);
    }

    private String anyOrder() {
        int source = ThreadLocalRandom.current().nextInt(1, wallets.size());
        return "{\"source\":\"%s\",\"destination\":\"%s\",\"amount\":1,\"currency\":\"EUR\"}"
                .formatted(wallets.get(source), wallets.get(source - 1));
    }
}
