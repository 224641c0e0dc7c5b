package io.fincore.api.limits;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts what is refused, by the limit that refused it. */
public final class Refusals {

    private final MeterRegistry meters;

    Refusals(MeterRegistry meters) {
        this.meters = meters;
    }

    /** Seen from the start on, at zero. */
    public Counter of(String limit) {
        return Counter.builder("fincore.limits.refused")
                .description("Requests that were refused before anything was done, by limit")
                .tag("limit", limit)
                .register(meters);
    }
}
