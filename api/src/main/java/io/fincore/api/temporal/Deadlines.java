package io.fincore.api.temporal;

import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.Status;
import io.temporal.client.WorkflowUpdateHandle;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Bounds calls to Temporal, whose client would else go on trying for a minute. */
public final class Deadlines {

    private static final ScheduledExecutorService TIMER = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("temporal-deadlines").factory());

    private Deadlines() {}

    /** The call runs in this thread, so that it keeps its log context and trace; when time is up it fails. */
    public static <T> T within(Duration limit, Supplier<T> call) {
        try (Context.CancellableContext context =
                Context.current().withDeadline(Deadline.after(limit.toMillis(), TimeUnit.MILLISECONDS), TIMER)) {
            return context.call(call::get);
        } catch (RuntimeException failed) {
            throw failed;
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * {@link #within} for the result of an update. If Temporal says, when time is nearly up, that the update is not finished, the
     * client goes on polling for its result, without end and in other threads, which know nothing of this one's deadline.
     */
    static <R> R resultWithin(Duration limit, Supplier<WorkflowUpdateHandle<R>> update) {
        return within(limit, () -> {
            try {
                return update.get()
                        .getResultAsync()
                        .orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                        .join();
            } catch (CompletionException failed) {
                if (failed.getCause() instanceof RuntimeException known) {
                    throw known;
                }
                throw Status.DEADLINE_EXCEEDED.withCause(failed).asRuntimeException();
            }
        });
    }
}
