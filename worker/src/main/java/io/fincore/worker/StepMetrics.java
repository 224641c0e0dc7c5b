package io.fincore.worker;

import io.fincore.steps.Steps;
import io.fincore.workflows.StepKey;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One timer and one log line per step that is done: {@code saga.step.<name>.duration}, from its first attempt to its end. */
final class StepMetrics implements Steps.Observer {

    private static final Logger LOG = LoggerFactory.getLogger(StepMetrics.class);

    private final MeterRegistry meters;

    StepMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    public void succeeded(StepKey key, int attempts, Duration took) {
        // Counters and ids that make a step's name unique belong to the log, not to the name of a metric.
        String name = key.name().replaceFirst("-(\\d+|note_\\w+|[0-9a-f-]{36}|int_\\w+)$", "");
        meters.timer("saga.step." + name + ".duration").record(took);
        LOG.atInfo()
                .addKeyValue("workflow_id", key.workflowId())
                .addKeyValue("round", key.round())
                .addKeyValue("step", key.name())
                .addKeyValue("compensates", key.compensates())
                .addKeyValue("attempts", attempts)
                .addKeyValue("duration_ms", took.toMillis())
                .log("step {} done", key);
    }
}
