package io.fincore.worker;

import io.fincore.steps.Steps;
import io.fincore.workflows.StepKey;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One timer and one log line per step that is done: {@code saga.step.<name>.duration}, from its first attempt to its end. */
final class StepMetrics implements Steps.Observer {

    private static final Logger LOG = LoggerFactory.getLogger(StepMetrics.class);

    /** A counter, a typed id or a UUID that makes a step's name unique belongs to the log, not to the name of a metric. */
    private static final Pattern UNIQUE_ENDING = Pattern.compile("-(\\d+|[a-z]+_[0-9a-z]{26}|[0-9a-f-]{36})$");

    private final MeterRegistry meters;

    StepMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    @Override
    public void succeeded(StepKey key, int attempts, Duration took) {
        String name = UNIQUE_ENDING.matcher(key.name()).replaceFirst("");
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
