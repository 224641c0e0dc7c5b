package io.fincore.dev.benchmark;

import io.fincore.dev.stack.StackException;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.client.WorkflowClient;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Makes a fixed number with a fixed number of clients, each of which waits for one's acceptance before it makes the next. */
final class Load {

    private final WorkflowClient client;

    Load(WorkflowClient client) {
        this.client = client;
    }

    /** What one client's call came to. */
    private record Made(String workflowId, long latencyNanos) {}

    Cell run(Subject subject, int clients, int count) {
        Instant started = Instant.now();
        List<Made> made = make(subject, clients, count);
        Duration untilAccepted = Duration.between(started, Instant.now());
        made.forEach(one -> client.newUntypedWorkflowStub(one.workflowId()).getResult(Object.class));

        // By the server's own times: asking for each took longer than the closing.
        List<WorkflowExecutionInfo> closed = made.stream()
                .map(one -> client.newUntypedWorkflowStub(one.workflowId())
                        .describe()
                        .getWorkflowExecutionInfo())
                .toList();
        Instant lastClosed = closed.stream()
                .map(info -> Instant.ofEpochSecond(
                        info.getCloseTime().getSeconds(), info.getCloseTime().getNanos()))
                .max(Instant::compareTo)
                .orElseThrow();
        return Cell.of(
                subject.name(),
                clients,
                made.stream().mapToLong(Made::latencyNanos).toArray(),
                untilAccepted,
                Duration.between(started, lastClosed),
                closed.stream()
                        .mapToLong(WorkflowExecutionInfo::getHistoryLength)
                        .average()
                        .orElseThrow(),
                closed.stream()
                        .mapToLong(WorkflowExecutionInfo::getStateTransitionCount)
                        .average()
                        .orElseThrow());
    }

    private static List<Made> make(Subject subject, int clients, int count) {
        AtomicInteger left = new AtomicInteger(count);
        List<Made> made = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(clients)) {
            List<Future<List<Made>>> running = new ArrayList<>();
            for (int i = 0; i < clients; i++) {
                int number = i;
                Callable<List<Made>> work = () -> makeWhileLeft(subject, number, left);
                running.add(threads.submit(work));
            }
            for (Future<List<Made>> one : running) {
                made.addAll(one.get());
            }
        } catch (ExecutionException e) {
            throw new StackException("The benchmark of " + subject.name() + " failed: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted during the benchmark.", e);
        }
        return made;
    }

    private static List<Made> makeWhileLeft(Subject subject, int number, AtomicInteger left) {
        List<Made> made = new ArrayList<>();
        while (left.getAndDecrement() > 0) {
            long start = System.nanoTime();
            String workflowId = subject.make(number);
            made.add(new Made(workflowId, System.nanoTime() - start));
        }
        return made;
    }
}
