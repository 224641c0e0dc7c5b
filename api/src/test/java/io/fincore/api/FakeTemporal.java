package io.fincore.api;

import io.fincore.workflows.SagaAttributes;
import io.fincore.workflows.TaskQueues;
import io.fincore.workflows.bookcheck.BookCheckWorkflowImpl;
import io.fincore.workflows.client.PayloadKeys;
import io.fincore.workflows.client.TemporalConnection;
import io.fincore.workflows.erasure.ErasureWorkflowImpl;
import io.opentelemetry.api.OpenTelemetry;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.operatorservice.v1.AddSearchAttributesRequest;
import io.temporal.api.operatorservice.v1.OperatorServiceGrpc;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.testserver.TestServer;
import io.temporal.testserver.TestServer.PortBoundTestServer;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Temporal in memory, behind a port, with a worker whose workflows do as their orders say. */
final class FakeTemporal {

    private final int port;
    private final DataSource worker;
    private @Nullable PortBoundTestServer server;
    private @Nullable WorkflowServiceStubs stubs;
    private @Nullable WorkflowClient client;
    private @Nullable WorkerFactory factory;

    FakeTemporal(int port, DataSource worker) {
        this.port = port;
        this.worker = worker;
    }

    void start() {
        startServer();
        startWorker();
    }

    /** Without a worker: workflows start and take no step. */
    void startServer() {
        server = TestServer.createPortBoundServer(port, true);
        stubs = WorkflowServiceStubs.newServiceStubs(TemporalConnection.stubsOptions("127.0.0.1:" + port));
        client = WorkflowClient.newInstance(
                stubs,
                TemporalConnection.clientOptions(
                        "default", PayloadKeys.of(List.of(Platform.PAYLOAD_KEY)), OpenTelemetry.noop()));
        registerSearchAttributes();
    }

    private void registerSearchAttributes() {
        AddSearchAttributesRequest.Builder request =
                AddSearchAttributesRequest.newBuilder().setNamespace("default");
        SagaAttributes.ALL.forEach(
                key -> request.putSearchAttributes(key.getName(), IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD));
        OperatorServiceGrpc.newBlockingStub(Objects.requireNonNull(stubs).getRawChannel())
                .addSearchAttributes(request.build());
    }

    void startWorker() {
        factory = WorkerFactory.newInstance(client());
        Worker payments = factory.newWorker(TaskQueues.PAYMENTS);
        payments.registerWorkflowImplementationTypes(
                FakePaymentWorkflow.class,
                FakeCaseWorkflow.class,
                FakeRefundWorkflow.class,
                FakeActivationWorkflow.class,
                BookCheckWorkflowImpl.class,
                ErasureWorkflowImpl.class);
        payments.registerActivitiesImplementations(
                new FakeRows(worker), new FakeSagaRows(worker), new FakeErasures(worker));
        factory.newWorker(TaskQueues.CHECKS).registerActivitiesImplementations(new FakeBookChecks(worker));
        factory.start();
    }

    WorkflowClient client() {
        return Objects.requireNonNull(client);
    }

    boolean exists(String workflowId) {
        try {
            client().newUntypedWorkflowStub(workflowId).describe();
            return true;
        } catch (WorkflowNotFoundException unknown) {
            return false;
        }
    }

    boolean isClosed(String workflowId) {
        return client().newUntypedWorkflowStub(workflowId).describe().getCloseTime() != null;
    }

    void stop() {
        if (factory != null) {
            factory.shutdownNow();
        }
        if (stubs != null) {
            stubs.shutdownNow();
        }
        if (server != null) {
            server.close();
        }
    }
}
