package io.fincore.dev.benchmark;

import io.fincore.dev.stack.StackException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.LongStream;

/**
 * Clients that all move money for a while.
 *
 * @param hot to the account that all want, instead of to any
 * @param movesPerSecond as {@link LedgerPlan} has it
 */
record LedgerLoad(LedgerGround ground, LedgerSubject subject, int clients, boolean hot, int movesPerSecond) {

    /** A client that gets no further stops; one failure is enough for the run to have failed. */
    private static final int MOST_FAILURES = 3;

    /** All clients; one that cannot connect must not keep the others waiting for ever. */
    private static final Duration CONNECTED_WITHIN = Duration.ofMinutes(1);

    /**
     * @param latencyNanos of calls that succeeded, from the moment when each was to begin
     * @param failures why calls failed, timeouts aside
     */
    record Outcome(LongStream latencyNanos, List<String> failures, int timeouts, Duration time) {

        Outcome {
            failures = List.copyOf(failures);
        }
    }

    Outcome run(Duration length) {
        CyclicBarrier ready = new CyclicBarrier(clients);
        try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
            List<Future<Outcome>> running = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                int number = i;
                Callable<Outcome> client = () -> moveFor(length, number, ready);
                running.add(threads.submit(client));
            }
            Outcome all = new Outcome(LongStream.empty(), List.of(), 0, Duration.ZERO);
            for (Future<Outcome> client : running) {
                all = sum(all, client.get());
            }
            return all;
        } catch (ExecutionException e) {
            throw new StackException("The benchmark of " + subject.title() + " failed: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted during the benchmark.", e);
        }
    }

    private static Outcome sum(Outcome one, Outcome other) {
        List<String> failures = new ArrayList<>(one.failures);
        failures.addAll(other.failures);
        return new Outcome(
                LongStream.concat(one.latencyNanos, other.latencyNanos),
                failures,
                one.timeouts + other.timeouts,
                one.time.compareTo(other.time) > 0 ? one.time : other.time);
    }

    private Outcome moveFor(Duration length, int number, CyclicBarrier ready)
            throws SQLException, IOException, InterruptedException, BrokenBarrierException, TimeoutException {
        LongStream.Builder latencies = LongStream.builder();
        List<String> failures = new ArrayList<>();
        int timeouts = 0;
        Mover mover = subject.mover(ground);
        try {
            ready.await(CONNECTED_WITHIN.toSeconds(), TimeUnit.SECONDS);
            long start = System.nanoTime();
            long end = start + length.toNanos();
            long due = due(start, number, 0);
            for (long call = 1; due < end && failures.size() + timeouts < MOST_FAILURES; call++) {
                awaitTime(due);
                int source =
                        ThreadLocalRandom.current().nextInt(1, ground.wallets().size());
                try {
                    mover.move(source, destination(source));
                    latencies.add(System.nanoTime() - due);
                } catch (SocketTimeoutException late) {
                    timeouts++;
                    mover = another(mover);
                } catch (IOException | SQLException failed) {
                    failures.add(failed.toString());
                    mover = another(mover);
                }
                due = due(start, number, call);
            }
            return new Outcome(latencies.build(), failures, timeouts, Duration.ofNanos(System.nanoTime() - start));
        } finally {
            mover.close();
        }
    }

    /** When a client's call is to begin. */
    private long due(long start, int number, long call) {
        if (movesPerSecond == 0) {
            return System.nanoTime();
        }
        double callsPerSecond = (double) movesPerSecond / subject.movesPerCall();
        return start + (long) ((call * clients + number) * 1e9 / callsPerSecond);
    }

    private static void awaitTime(long nanos) {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private int destination(int source) {
        int count = ground.wallets().size();
        return hot ? 0 : (source + ThreadLocalRandom.current().nextInt(1, count)) % count;
    }

    private Mover another(Mover broken) throws SQLException, IOException {
        broken.close();
        return subject.mover(ground);
    }
}
