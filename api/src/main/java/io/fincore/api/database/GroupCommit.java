package io.fincore.api.database;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does together what is asked for at the same time: a request that comes while nothing is being done is done alone and at once; what comes
 * meanwhile gathers, and is taken in one go, in the order in which it came, as soon as all that is left of the last transaction is its commit.
 * So a lone request waits for nobody, and the more requests there are the more is done by each transaction. Who is not taken in time, because
 * something stands still, goes alone.
 *
 * @param <Q> a request
 * @param <A> its answer
 */
public final class GroupCommit<Q, A> {

    private static final Logger LOG = LoggerFactory.getLogger(GroupCommit.class);

    private final int most;
    private final Duration patience;
    private final Function<Q, A> alone;
    private final Together<Q, A> together;
    private final Queue<Waiting<Q, A>> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean busy = new AtomicBoolean();

    /** Groups that are not done; who comes meanwhile is one of many, and would hold up the others alone. */
    private final AtomicInteger commits = new AtomicInteger();

    /** @param settled whether it was taken by a group, or has left to be done alone */
    private record Waiting<Q, A>(Q request, CompletableFuture<Optional<A>> answer, AtomicBoolean settled) {

        /** Once only: who succeeds is to do it. */
        boolean settle() {
            return settled.compareAndSet(false, true);
        }
    }

    /** Does all requests or none. */
    public interface Together<Q, A> {

        /**
         * @param beforeCommit to be called when nothing but the commit is left to do
         * @return an answer to each; an empty one, or an exception for all, has the request done alone
         */
        List<Optional<A>> apply(List<Q> requests, Runnable beforeCommit);
    }

    /**
     * @param most how many requests are done together
     * @param patience how long a request waits to be taken
     * @param alone does one, on the thread that asks for it
     * @param together does many, on a thread of its own
     */
    public GroupCommit(int most, Duration patience, Function<Q, A> alone, Together<Q, A> together) {
        this.most = most;
        this.patience = patience;
        this.alone = alone;
        this.together = together;
    }

    /** Does it, and returns when it is done. Throws what doing it alone throws. */
    public A submit(Q request) {
        if (commits.get() == 0 && waiting.isEmpty() && busy.compareAndSet(false, true)) {
            try {
                return alone.apply(request);
            } finally {
                leave();
            }
        }
        Waiting<Q, A> place = new Waiting<>(request, new CompletableFuture<>(), new AtomicBoolean());
        waiting.add(place);
        enter();
        return await(place).orElseGet(() -> alone.apply(request));
    }

    private Optional<A> await(Waiting<Q, A> place) {
        try {
            return place.answer().get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException late) {
            LOG.debug("not taken in {}", patience);
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
        return place.settle() ? Optional.empty() : place.answer().join();
    }

    /** How many requests wait to be taken, or have left and not been passed yet. */
    public int waiting() {
        return waiting.size();
    }

    private void enter() {
        if (!waiting.isEmpty() && busy.compareAndSet(false, true)) {
            Thread.ofVirtual().name("group-commit").start(this::serve);
        }
    }

    /** Looks once more afterwards: who came just before saw that something was being done. */
    private void leave() {
        busy.set(false);
        enter();
    }

    private void serve() {
        commits.incrementAndGet();
        AtomicBoolean left = new AtomicBoolean();
        Runnable leaveOnce = () -> {
            if (left.compareAndSet(false, true)) {
                leave();
            }
        };
        try {
            answer(next(), leaveOnce);
        } finally {
            commits.decrementAndGet();
            leaveOnce.run();
        }
    }

    private List<Waiting<Q, A>> next() {
        List<Waiting<Q, A>> group = new ArrayList<>();
        Waiting<Q, A> first = waiting.poll();
        while (first != null) {
            if (first.settle()) {
                group.add(first);
            }
            first = group.size() < most ? waiting.poll() : null;
        }
        return group;
    }

    private void answer(List<Waiting<Q, A>> group, Runnable beforeCommit) {
        if (group.isEmpty()) {
            return;
        }
        try {
            List<Optional<A>> answers =
                    together.apply(group.stream().map(Waiting::request).toList(), beforeCommit);
            for (int i = 0; i < group.size(); i++) {
                group.get(i).answer().complete(answers.get(i));
            }
        } catch (RuntimeException e) {
            LOG.info("{} requests are done one by one, as together they failed: {}", group.size(), e.toString());
        } finally {
            // Whatever happens: nobody waits for ever.
            group.forEach(place -> place.answer().complete(Optional.empty()));
        }
    }
}
