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

/** The options that both sides of a workflow must share. */
public final class TemporalConnection {

    private TemporalConnection() {}

    /** @param target host and port of the Temporal frontend */
    public static WorkflowServiceStubsOptions stubsOptions(String target) {
        return WorkflowServiceStubsOptions.newBuilder().setTarget(target).build();
    }

    public static WorkflowClientOptions clientOptions(String namespace, OpenTelemetry openTelemetry) {
        return WorkflowClientOptions.newBuilder()
                .setNamespace(namespace)
                .setDataConverter(Payloads.dataConverter())
                .setContextPropagators(List.of(new CorrelationPropagator()))
                .setInterceptors(new OpenTracingClientInterceptor(tracing(openTelemetry)))
                .build();
    }

    /** For the schedules of a namespace, whose workflows find the same as those of {@link #clientOptions}. */
    public static ScheduleClientOptions scheduleOptions(String namespace) {
        return ScheduleClientOptions.newBuilder()
                .setNamespace(namespace)
                .setDataConverter(Payloads.dataConverter())
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
