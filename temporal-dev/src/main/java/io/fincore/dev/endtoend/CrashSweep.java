package io.fincore.dev.endtoend;

import io.fincore.dev.endtoend.Halt.When;
import io.fincore.dev.endtoend.Sabotage.Halted;
import io.fincore.dev.stack.Progress;
import io.fincore.dev.stack.Stack;
import io.fincore.dev.stack.StackException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Kills the worker at every commit of every journey, once just before it and once just after it: the transaction is halted there, and the
 * process gets SIGKILL. Which commits there are is seen on an undisturbed journey; so a step that is added to a saga is swept too.
 */
final class CrashSweep {

    /** So many transactions may be halted by one kill: each waits with a connection and a slot of the worker. */
    private static final int HALTS_PER_KILL = 12;

    /** Longer than any pause within a journey. */
    private static final Duration NEXT_HALTS_WITHIN = Duration.ofSeconds(35);

    private static final Duration FIRST_HALTS_WITHIN = Duration.ofMinutes(3);
    private static final Duration WORKS_AGAIN_WITHIN = Duration.ofMinutes(2);
    private static final Duration QUIET_WITHIN = Duration.ofMinutes(3);

    private final Stack stack;
    private final Progress progress;
    private final People people;
    private final Audit audit;
    private final Sabotage sabotage;
    private final Map<Journey, CrashReport.Row> rows = new LinkedHashMap<>();
    private final List<String> violations = new ArrayList<>();

    private CrashSweep(Stack stack, Sabotage sabotage, Progress progress) {
        this.stack = stack;
        this.sabotage = sabotage;
        this.progress = progress;
        this.people = new People(stack);
        this.audit = new Audit(stack);
    }

    /**
     * Every commit of the given journeys.
     *
     * @param stack healthy, and with room in the worker for as many halted transactions as there are sagas at once
     */
    static CrashReport everyCommit(Stack stack, List<Journey> journeys, Progress progress) {
        long start = System.nanoTime();
        try (Sabotage sabotage = new Sabotage(stack)) {
            CrashSweep sweep = new CrashSweep(stack, sabotage, progress);
            for (Journey journey : journeys) {
                sweep.sweep(journey);
                sweep.check();
                if (!sweep.violations.isEmpty()) {
                    // What is left over would be taken for the next journey's.
                    progress.report("crash-test", "stops after " + journey);
                    break;
                }
            }
            return sweep.report(start);
        }
    }

    /** The given halts only, with one kill for all of them. */
    static CrashReport at(Stack stack, List<Halt> halts, Progress progress) {
        long start = System.nanoTime();
        try (Sabotage sabotage = new Sabotage(stack)) {
            CrashSweep sweep = new CrashSweep(stack, sabotage, progress);
            sweep.killAt(halts).forEach(halt -> sweep.violations.add(halt + " was never reached"));
            sweep.check();
            return sweep.report(start);
        }
    }

    private CrashReport report(long start) {
        return new CrashReport(List.copyOf(rows.values()), violations, Duration.ofNanos(System.nanoTime() - start));
    }

    private void check() {
        audit.awaitQuiet(QUIET_WITHIN);
        violations.addAll(audit.violationsBesidesOperators());
    }

    private void sweep(Journey journey) {
        sabotage.breakStep(journey.brokenStep());
        try {
            List<String> points = pointsOf(journey);
            List<Halt> open = new ArrayList<>();
            points.forEach(point -> {
                open.add(new Halt(journey, point, When.BEFORE_COMMIT));
                open.add(new Halt(journey, point, When.AFTER_COMMIT));
            });
            while (!open.isEmpty()) {
                List<Halt> next = open.subList(0, Math.min(HALTS_PER_KILL, open.size()));
                List<Halt> missed = killAt(List.copyOf(next));
                if (missed.size() == next.size()) {
                    missed.forEach(halt -> violations.add(halt + " was never reached"));
                    missed = List.of();
                }
                next.clear();
                open.addAll(missed);
            }
        } finally {
            sabotage.breakStep(null);
        }
    }

    /** The commits of a journey that nobody disturbs. */
    private List<String> pointsOf(Journey journey) {
        Supplier<String> trip = journey.prepare(people, sabotage::mend);
        sabotage.forgetPassed();
        String end = trip.get();
        audit.awaitQuiet(QUIET_WITHIN);
        if (!end.equals(journey.end())) {
            throw new StackException(journey + " ended " + end + " though nobody disturbed it.");
        }
        List<String> points = sabotage.passed();
        progress.report("crash-test", journey + " has " + points.size() + " commits: " + points);
        return points;
    }

    /**
     * Takes a journey for each halt, kills the worker when all that can be are halted, and waits for the ends.
     *
     * @return the halts at which nothing was killed
     */
    private List<Halt> killAt(List<Halt> halts) {
        List<Supplier<String>> trips = inParallel(halts.stream()
                .map(halt -> (Supplier<Supplier<String>>) () -> halt.journey().prepare(people, sabotage::mend))
                .toList());
        sabotage.arm(halts);
        return Crowd.play(walkers -> {
            List<Walk> walks = IntStream.range(0, halts.size())
                    .mapToObj(id -> Walk.start(halts.get(id).journey(), trips.get(id), walkers))
                    .toList();
            awaitHalted(walks);
            stack.worker().kill();
            long killed = System.nanoTime();
            List<Halted> crashed = sabotage.decide(halts, sabotage.halted());
            stack.worker().start();
            stack.worker().awaitHealthy(WORKS_AGAIN_WITHIN);
            walks.forEach(walk -> walk.violation().ifPresent(violations::add));
            Duration untilEnds = Duration.ofNanos(System.nanoTime() - killed);
            progress.report(
                    "crash-test",
                    "killed with %d of %d halted; all ended within %d s"
                            .formatted(crashed.size(), halts.size(), untilEnds.toSeconds()));
            Set<Integer> reached = crashed.stream().map(Halted::id).collect(Collectors.toSet());
            reached.forEach(id -> rows.merge(
                    halts.get(id).journey(), CrashReport.Row.of(halts.get(id), untilEnds), CrashReport.Row::plus));
            return IntStream.range(0, halts.size())
                    .filter(id -> !reached.contains(id))
                    .mapToObj(halts::get)
                    .toList();
        });
    }

    /** Until each saga is halted or has ended, or no further one gets to its halt: those that are halted may bar its way. */
    private void awaitHalted(List<Walk> walks) {
        boolean more =
                Waiting.until(FIRST_HALTS_WITHIN, () -> !sabotage.halted().isEmpty() || allStand(walks));
        while (more && !allStand(walks)) {
            int known = sabotage.halted().size();
            more = Waiting.until(NEXT_HALTS_WITHIN, () -> sabotage.halted().size() > known || allStand(walks));
        }
    }

    private boolean allStand(List<Walk> walks) {
        return sabotage.halted().size() + walks.stream().filter(Walk::isOver).count() >= walks.size();
    }

    private static <T extends @Nullable Object> List<T> inParallel(List<Supplier<T>> tasks) {
        return Crowd.play(
                threads -> tasks.stream().map(task -> CompletableFuture.supplyAsync(task, threads)).toList().stream()
                        .map(CompletableFuture::join)
                        .toList());
    }
}
