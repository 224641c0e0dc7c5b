package io.fincore.dev.benchmark;

import io.fincore.dev.stack.TemporalProcess;
import io.fincore.workflows.client.PayloadKeys;
import io.fincore.workflows.client.TemporalConnection;
import io.opentelemetry.api.OpenTelemetry;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Runs {@link NullWorkflow} in a process of its own, with the slots of the real worker. Ends when its standard input does. */
final class NullWorker {

    static final String QUEUE = "null-payments";
    static final String BANK_QUEUE = "null-bank";
    static final String READY = "ready";
    static final String KEYS = "FINCORE_PAYLOADS_KEYS";

    private static final int WORKFLOW_TASKS = 40;
    private static final int LOCAL_ACTIVITIES = 16;
    private static final int BANK_CALLS = 20;
    private static final long DEADLOCK_DETECTION_MILLIS = 10_000;

    private NullWorker() {}

    /**
     * Reads its payload keys from the environment, as the real worker does.
     *
     * @param arguments host and port of Temporal
     */
    public static void main(String[] arguments) throws IOException {
        PayloadKeys keys = PayloadKeys.of(
                List.of(Objects.requireNonNull(System.getenv(KEYS), KEYS).split(",")));
        WorkflowServiceStubs stubs =
                WorkflowServiceStubs.newServiceStubs(TemporalConnection.stubsOptions(arguments[0]));
        WorkerFactory factory = factory(WorkflowClient.newInstance(
                stubs, TemporalConnection.clientOptions(TemporalProcess.NAMESPACE, keys, OpenTelemetry.noop())));
        factory.start();
        System.out.println(READY);
        while (System.in.read() >= 0) {
            // Whoever started it is there.
        }
        factory.shutdownNow();
        factory.awaitTermination(5, TimeUnit.SECONDS);
        stubs.shutdownNow();
    }

    private static WorkerFactory factory(WorkflowClient client) {
        WorkerFactory factory = WorkerFactory.newInstance(
                client,
                WorkerFactoryOptions.newBuilder()
                        .setUsingVirtualWorkflowThreads(true)
                        .setWorkerInterceptors(TemporalConnection.workerInterceptor(OpenTelemetry.noop()))
                        .build());
        NullActivities nothing = id -> id;
        Worker workflows = factory.newWorker(
                QUEUE,
                WorkerOptions.newBuilder()
                        .setUsingVirtualThreads(true)
                        .setMaxConcurrentWorkflowTaskExecutionSize(WORKFLOW_TASKS)
                        .setMaxConcurrentLocalActivityExecutionSize(LOCAL_ACTIVITIES)
                        .setDefaultDeadlockDetectionTimeout(DEADLOCK_DETECTION_MILLIS)
                        .build());
        workflows.registerWorkflowImplementationTypes(NullWorkflowImpl.class);
        workflows.registerActivitiesImplementations(nothing);
        factory.newWorker(
                        BANK_QUEUE,
                        WorkerOptions.newBuilder()
                                .setUsingVirtualThreads(true)
                                .setMaxConcurrentActivityExecutionSize(BANK_CALLS)
                                .build())
                .registerActivitiesImplementations(nothing);
        return factory;
    }
}
