package io.fincore.workflows.client;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;

/** Which keys this process has for what Temporal keeps, and whether one is missing. What is missing does not make it unready: all would be. */
public final class PayloadKeyMetrics implements MeterBinder {

    private final PayloadKeys keys;

    public PayloadKeyMetrics(PayloadKeys keys) {
        this.keys = keys;
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        FunctionCounter.builder("fincore.payloads.key.missing", keys, PayloadKeys::missed)
                .description("payloads that could not be read, since their key is not in FINCORE_PAYLOADS_KEYS here")
                .register(meters);
        for (String id : keys.ids()) {
            Gauge.builder("fincore.payloads.key", () -> 1)
                    .tag("id", id)
                    .tag("use", keys.writingId().filter(id::equals).isPresent() ? "writes" : "reads")
                    .description("1 for each key that this process has, by what it does with it")
                    .register(meters);
        }
    }
}
