package io.fincore.api.temporal;

import io.temporal.serviceclient.WorkflowServiceStubs;
import java.time.Duration;
import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;

/** Whether Temporal's frontend serves. */
final class TemporalHealthIndicator extends AbstractHealthIndicator {

    private static final Duration LIMIT = Duration.ofSeconds(2);

    private final WorkflowServiceStubs stubs;

    TemporalHealthIndicator(WorkflowServiceStubs stubs) {
        super("Temporal does not answer");
        this.stubs = stubs;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        Deadlines.within(LIMIT, stubs::healthCheck);
        health.up();
    }
}
