package io.fincore.api.inbound;

import com.fasterxml.jackson.databind.JsonNode;
import io.fincore.workflows.client.PayloadKeys;
import io.fincore.workflows.client.TemporalConnection;
import io.fincore.workflows.payment.PaymentWorkflow;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.api.OpenTelemetry;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.api.workflowservice.v1.GetSystemInfoResponse;
import io.temporal.api.workflowservice.v1.SignalWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.SignalWorkflowExecutionResponse;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceImplBase;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Temporal's frontend, as far as signals go: takes all but those it was told to refuse. */
final class FakeFrontend extends WorkflowServiceImplBase implements AutoCloseable {

    final List<String> signalledWorkflows = new CopyOnWriteArrayList<>();
    final List<String> signalledEvents = new CopyOnWriteArrayList<>();
    private final Map<String, Status> refusals = new ConcurrentHashMap<>();
    private final Server server;
    private final WorkflowServiceStubs stubs;
    private final WorkflowClientOptions options =
            TemporalConnection.clientOptions("default", PayloadKeys.ephemeral(), OpenTelemetry.noop());

    FakeFrontend() {
        String name = InProcessServerBuilder.generateName();
        try {
            server = InProcessServerBuilder.forName(name)
                    .addService(this)
                    .build()
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        stubs = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setChannel(InProcessChannelBuilder.forName(name).build())
                .build());
    }

    WorkflowClient client() {
        return WorkflowClient.newInstance(stubs, options);
    }

    void refuses(String paymentId, Status status) {
        refusals.put(PaymentWorkflow.workflowId(paymentId), status);
    }

    void accepts(String paymentId) {
        refusals.remove(PaymentWorkflow.workflowId(paymentId));
    }

    @Override
    public void getSystemInfo(GetSystemInfoRequest request, StreamObserver<GetSystemInfoResponse> answer) {
        answer.onNext(GetSystemInfoResponse.getDefaultInstance());
        answer.onCompleted();
    }

    @Override
    public void signalWorkflowExecution(
            SignalWorkflowExecutionRequest request, StreamObserver<SignalWorkflowExecutionResponse> answer) {
        String workflowId = request.getWorkflowExecution().getWorkflowId();
        Status refusal = refusals.get(workflowId);
        if (refusal != null) {
            answer.onError(refusal.asRuntimeException());
            return;
        }
        signalledWorkflows.add(workflowId);
        signalledEvents.add(options.getDataConverter()
                .fromPayloads(0, Optional.of(request.getInput()), JsonNode.class, JsonNode.class)
                .path("eventId")
                .asText());
        answer.onNext(SignalWorkflowExecutionResponse.getDefaultInstance());
        answer.onCompleted();
    }

    @Override
    public void close() {
        stubs.shutdownNow();
        server.shutdownNow();
    }
}
