package io.fincore.dev.endtoend;

import io.fincore.dev.stack.Component;
import io.fincore.dev.stack.Stack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Something that happens to one process of the platform; when {@link #strike()} returns, the process works again. */
sealed interface Fault {

    Duration WORKS_AGAIN_WITHIN = Duration.ofMinutes(2);

    Component victim();

    void strike();

    /** kill -9, and started again after a while. */
    record Killed(Component victim, Duration down) implements Fault {

        @Override
        public void strike() {
            victim.kill();
            Waiting.pause(down);
            victim.start();
            victim.awaitHealthy(WORKS_AGAIN_WITHIN);
        }

        @Override
        public String toString() {
            return "kill -9 " + victim.name() + (down.isZero() ? "" : ", down for " + down.toSeconds() + " s");
        }
    }

    /** SIGSTOP, and SIGCONT after a while: it knows nothing of the time that has passed. */
    record Paused(Component victim, Duration length) implements Fault {

        @Override
        public void strike() {
            victim.suspend();
            Waiting.pause(length);
            victim.resume();
            victim.awaitHealthy(WORKS_AGAIN_WITHIN);
        }

        @Override
        public String toString() {
            return "SIGSTOP " + victim.name() + " for " + length.toSeconds() + " s";
        }
    }

    /** The faults of a campaign, in no order. */
    static List<Fault> of(Stack stack, CampaignPlan plan) {
        List<Fault> faults = new ArrayList<>();
        for (int i = 0; i < plan.workerKills(); i++) {
            faults.add(new Killed(stack.worker(), Duration.ZERO));
        }
        faults.add(new Killed(stack.api(), Duration.ZERO));
        faults.add(new Killed(stack.postgres(), Duration.ZERO));
        faults.add(new Killed(stack.temporal(), Duration.ZERO));
        faults.add(new Killed(stack.postgres(), plan.databaseDown()));
        faults.add(new Paused(stack.worker(), plan.workerPaused()));
        return faults;
    }
}
