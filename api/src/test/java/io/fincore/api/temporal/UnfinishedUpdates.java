package io.fincore.api.temporal;

import io.fincore.workflows.client.PayloadKeys;
import io.fincore.workflows.client.TemporalConnection;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import io.opentelemetry.api.OpenTelemetry;
import io.temporal.api.enums.v1.UpdateWorkflowExecutionLifecycleStage;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionResponse;
import io.temporal.api.workflowservice.v1.ExecuteMultiOperationRequest;
import io.temporal.api.workflowservice.v1.ExecuteMultiOperationResponse;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.api.workflowservice.v1.GetSystemInfoResponse;
import io.temporal.api.workflowservice.v1.PollWorkflowExecutionUpdateRequest;
import io.temporal.api.workflowservice.v1.PollWorkflowExecutionUpdateResponse;
import io.temporal.api.workflowservice.v1.StartWorkflowExecutionResponse;
import io.temporal.api.workflowservice.v1.UpdateWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.UpdateWorkflowExecutionResponse;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceImplBase;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Temporal's frontend when a worker has accepted an update and does not get on with it: it says so, time and again. */
final class UnfinishedUpdates extends WorkflowServiceImplBase implements AutoCloseable {

    private static final UpdateWorkflowExecutionResponse ACCEPTED = UpdateWorkflowExecutionResponse.newBuilder()
            .setStage(UpdateWorkflowExecutionLifecycleStage.UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_ACCEPTED)
            .build();

    private final Server server;
    private final WorkflowServiceStubs stubs;

    UnfinishedUpdates() {
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
        return WorkflowClient.newInstance(
                stubs, TemporalConnection.clientOptions("default", PayloadKeys.ephemeral(), OpenTelemetry.noop()));
    }

    @Override
    public void getSystemInfo(GetSystemInfoRequest request, StreamObserver<GetSystemInfoResponse> answer) {
        answer(answer, GetSystemInfoResponse.getDefaultInstance());
    }

    @Override
    public void executeMultiOperation(
            ExecuteMultiOperationRequest request, StreamObserver<ExecuteMultiOperationResponse> answer) {
        answer(
                answer,
                ExecuteMultiOperationResponse.newBuilder()
                        .addResponses(ExecuteMultiOperationResponse.Response.newBuilder()
                                .setStartWorkflow(StartWorkflowExecutionResponse.newBuilder()
                                        .setRunId("run")))
                        .addResponses(ExecuteMultiOperationResponse.Response.newBuilder()
                                .setUpdateWorkflow(ACCEPTED))
                        .build());
    }

    @Override
    public void updateWorkflowExecution(
            UpdateWorkflowExecutionRequest request, StreamObserver<UpdateWorkflowExecutionResponse> answer) {
        answer(answer, ACCEPTED);
    }

    @Override
    public void pollWorkflowExecutionUpdate(
            PollWorkflowExecutionUpdateRequest request, StreamObserver<PollWorkflowExecutionUpdateResponse> answer) {
        answer(answer, PollWorkflowExecutionUpdateResponse.getDefaultInstance());
    }

    @Override
    public void describeWorkflowExecution(
            DescribeWorkflowExecutionRequest request, StreamObserver<DescribeWorkflowExecutionResponse> answer) {
        answer(answer, DescribeWorkflowExecutionResponse.getDefaultInstance());
    }

    private static <T> void answer(StreamObserver<T> observer, T response) {
        observer.onNext(response);
        observer.onCompleted();
    }

    @Override
    public void close() {
        stubs.shutdownNow();
        server.shutdownNow();
    }
}
