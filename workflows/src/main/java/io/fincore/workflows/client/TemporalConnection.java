package io.fincore.workflows.client;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.opentracingshim.OpenTracingShim;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.schedules.ScheduleClientOptions;
import io.temporal.opentracing.OpenTracingClientInterceptor;
import io.temporal.opentracing.OpenTracingOptions;
import io.temporal.opentracing.OpenTracingWorkerInterceptor;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The options that both sides of a workflow must share. */
public final class TemporalConnection {

    private static final Logger LOG = LoggerFactory.getLogger(TemporalConnection.class);

    private TemporalConnection() {}

    /** @param target host and port of the Temporal frontend */
    public static WorkflowServiceStubsOptions stubsOptions(String target) {
        return WorkflowServiceStubsOptions.newBuilder().setTarget(target).build();
    }

    /** @param keys of all payloads; the same, or their successors, in every process of the namespace */
    public static WorkflowClientOptions clientOptions(String namespace, PayloadKeys keys, OpenTelemetry openTelemetry) {
        if (!keys.encrypts()) {
            LOG.warn("what is written to Temporal is not encrypted, as the setting says: {}", keys);
        }
        return WorkflowClientOptions.newBuilder()
                .setNamespace(namespace)
                .setDataConverter(Payloads.dataConverter(keys))
                .setContextPropagators(List.of(new CorrelationPropagator()))
                .setInterceptors(new OpenTracingClientInterceptor(tracing(openTelemetry)))
                .build();
    }

    /** For the schedules of a namespace, whose workflows find the same as those of {@link #clientOptions}. */
    public static ScheduleClientOptions scheduleOptions(String namespace, PayloadKeys keys) {
        return ScheduleClientOptions.newBuilder()
                .setNamespace(namespace)
                .setDataConverter(Payloads.dataConverter(keys))
                .build();
    }

    /** Continues the trace of the request in workflow and activities. */
    public static OpenTracingWorkerInterceptor workerInterceptor(OpenTelemetry openTelemetry) {
        return new OpenTracingWorkerInterceptor(tracing(openTelemetry));
    }

    private static OpenTracingOptions tracing(OpenTelemetry openTelemetry) {
        return OpenTracingOptions.newBuilder()
                .setTracer(OpenTracingShim.createTracerShim(openTelemetry))
                .build();
    }
}
