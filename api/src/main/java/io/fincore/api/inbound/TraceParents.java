package io.fincore.api.inbound;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Carries the trace of a callback over the gap between taking it in and handing it on (W3C Trace Context). */
@Component
class TraceParents {

    private final Tracer tracer;
    private final Propagator propagator;

    TraceParents(Tracer tracer, Propagator propagator) {
        this.tracer = tracer;
        this.propagator = propagator;
    }

    /** The {@code traceparent} of the span this thread is in. */
    @Nullable
    String current() {
        Span span = tracer.currentSpan();
        if (span == null) {
            return null;
        }
        TraceContext context = span.context();
        String flags = Boolean.FALSE.equals(context.sampled()) ? "00" : "01";
        return "00-" + context.traceId() + "-" + context.spanId() + "-" + flags;
    }

    /** Runs in a new span that continues the given trace. */
    void continued(@Nullable String traceParent, Runnable work) {
        Span span = (traceParent == null
                        ? tracer.spanBuilder()
                        : propagator.extract(traceParent, (parent, name) -> name.equals("traceparent") ? parent : null))
                .name("inbound event")
                .start();
        Tracer.SpanInScope scope = tracer.withSpan(span);
        try {
            work.run();
        } finally {
            scope.close();
            span.end();
        }
    }
}
