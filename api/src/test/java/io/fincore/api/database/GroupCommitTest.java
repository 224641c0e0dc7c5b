package io.fincore.api.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class GroupCommitTest {

    /** Who is told that a group failed may come again before its thread has left: then it is gathered once more. */
    private static final List<String> AT_THE_END_OF_A_GROUP = List.of("alone 9", "together 9");

    private static final int MOST = 4;
    private static final Duration LONG = Duration.ofSeconds(50);

    private final Queue<List<Integer>> groups = new ConcurrentLinkedQueue<>();
    private final Queue<Integer> lone = new ConcurrentLinkedQueue<>();
    private final CountDownLatch firstBegun = new CountDownLatch(1);
    private final CountDownLatch firstMayEnd = new CountDownLatch(1);

    private final GroupCommit<Integer, String> squares =
            new GroupCommit<>(MOST, LONG, this::alone, (requests, beforeCommit) -> together(requests));

    /** The first one takes as long as the test wants. */
    private String alone(int request) {
        lone.add(request);
        if (request == 0) {
            firstBegun.countDown();
            await(firstMayEnd);
        } else if (request < 0) {
            throw new IllegalArgumentException("negative: " + request);
        }
        return "alone " + request * request;
    }

    private List<Optional<String>> together(List<Integer> requests) {
        groups.add(requests);
        if (requests.contains(666)) {
            throw new IllegalStateException("the database has gone");
        }
        return requests.stream()
                .map(request -> request < 0 || request == 13
                        ? Optional.<String>empty()
                        : Optional.of("together " + request * request))
                .toList();
    }

    @Test
    void doesALoneRequestAlone() {
        assertThat(squares.submit(3)).isEqualTo("alone 9");
        assertThat(squares.submit(4)).isEqualTo("alone 16");
        assertThat(groups).isEmpty();
    }

    @Test
    void doesTogetherWhatComesMeanwhileInItsOrder() throws Exception {
        List<String> answers = behindAnother(List.of(1, 2, 3, 4, 5, 6));

        assertThat(answers)
                .containsExactly("together 1", "together 4", "together 9", "together 16", "together 25", "together 36");
        assertThat(groups).containsExactly(List.of(1, 2, 3, 4), List.of(5, 6));
    }

    @Test
    void doesAloneWhatIsNotAnsweredTogether() throws Exception {
        assertThat(behindAnother(List.of(1, 13, 2))).containsExactly("together 1", "alone 169", "together 4");
        assertThat(lone).containsExactly(0, 13);
    }

    @Test
    void doesAllAloneIfTogetherTheyFail() throws Exception {
        assertThat(behindAnother(List.of(1, 666, 2))).containsExactly("alone 1", "alone 443556", "alone 4");
        assertThat(squares.submit(3)).as("afterwards").isIn(AT_THE_END_OF_A_GROUP);
    }

    @Test
    void tellsWhyOneCannotBeDone() throws Exception {
        assertThatThrownBy(() -> squares.submit(-1)).hasMessage("negative: -1");
        assertThat(squares.submit(2)).isEqualTo("alone 4");
        assertThatThrownBy(() -> behindAnother(List.of(-2))).rootCause().hasMessage("negative: -2");
        assertThat(squares.submit(3)).as("afterwards").isIn(AT_THE_END_OF_A_GROUP);
    }

    @Test
    void gathersTheNextWhileOneCommits() throws Exception {
        CountDownLatch secondBegun = new CountDownLatch(1);
        CountDownLatch secondDone = new CountDownLatch(1);
        GroupCommit<Integer, String> pipeline = new GroupCommit<>(MOST, LONG, this::alone, (requests, beforeCommit) -> {
            if (requests.contains(1)) {
                secondBegun.countDown();
                beforeCommit.run();
                // Its commit: the next group is done before it ends.
                await(secondDone);
            } else {
                secondDone.countDown();
            }
            return together(requests);
        });
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<String> first = threads.submit(() -> pipeline.submit(0));
            await(firstBegun);
            Future<String> second = submitted(threads, pipeline, 1, 1);
            firstMayEnd.countDown();
            assertThat(first.get()).isEqualTo("alone 0");
            // Before that the third would be taken together with the second.
            await(secondBegun);
            // It is a group of its own, and does not wait for the commit.
            Future<String> third = threads.submit(() -> {
                String answer = pipeline.submit(2);
                secondDone.countDown();
                return answer;
            });
            assertThat(third.get()).isEqualTo("together 4");
            assertThat(second.get()).isEqualTo("together 1");
        }
    }

    @Test
    void waitsForNothingThatStandsStill() throws Exception {
        GroupCommit<Integer, String> impatient = new GroupCommit<>(
                MOST, Duration.ofMillis(20), this::alone, (requests, beforeCommit) -> together(requests));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<String> first = threads.submit(() -> impatient.submit(0));
            await(firstBegun);

            assertThat(impatient.submit(2)).isEqualTo("alone 4");
            assertThat(impatient.submit(3)).isEqualTo("alone 9");

            firstMayEnd.countDown();
            assertThat(first.get()).isEqualTo("alone 0");
        }
        assertThat(groups)
                .as("who has left is not done again")
                .allSatisfy(group -> assertThat(group).isEmpty());
    }

    @Test
    void answersEachOfManyOnce() throws Exception {
        AtomicInteger done = new AtomicInteger();
        GroupCommit<Integer, Integer> many = new GroupCommit<>(
                16,
                LONG,
                request -> {
                    done.incrementAndGet();
                    return request;
                },
                (requests, beforeCommit) -> {
                    done.addAndGet(requests.size());
                    beforeCommit.run();
                    return requests.stream().map(Optional::of).toList();
                });
        try (ExecutorService threads = Executors.newFixedThreadPool(16)) {
            List<Future<Boolean>> right = IntStream.range(0, 16)
                    .mapToObj(thread -> threads.submit(() -> IntStream.range(0, 5_000)
                            .map(i -> thread * 5_000 + i)
                            .allMatch(request -> many.submit(request) == request)))
                    .toList();
            for (Future<Boolean> each : right) {
                assertThat(each.get(50, TimeUnit.SECONDS)).isTrue();
            }
        }
        assertThat(done).hasValue(80_000);
        assertThat(many.waiting()).isZero();
    }

    /** Submits them one after the other while another one is being done. */
    private List<String> behindAnother(List<Integer> requests) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<String> first = threads.submit(() -> squares.submit(0));
            await(firstBegun);
            List<Future<String>> others = new ArrayList<>();
            for (int request : requests) {
                others.add(submitted(threads, squares, request, others.size() + 1));
            }
            firstMayEnd.countDown();
            assertThat(first.get()).isEqualTo("alone 0");
            List<String> answers = new ArrayList<>();
            for (Future<String> other : others) {
                answers.add(other.get());
            }
            return answers;
        }
    }

    private static Future<String> submitted(
            ExecutorService threads, GroupCommit<Integer, String> group, int request, int waiting) {
        Future<String> answer = threads.submit(() -> group.submit(request));
        while (group.waiting() < waiting) {
            Thread.onSpinWait();
        }
        return answer;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
