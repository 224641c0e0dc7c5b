package io.fincore.worker;

import io.grpc.Server;
import io.grpc.Status;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.api.workflowservice.v1.DescribeNamespaceResponse;
import io.temporal.api.workflowservice.v1.GetSystemInfoRequest;
import io.temporal.api.workflowservice.v1.GetSystemInfoResponse;
import io.temporal.api.workflowservice.v1.PollWorkflowTaskQueueRequest;
import io.temporal.api.workflowservice.v1.PollWorkflowTaskQueueResponse;
import io.temporal.api.workflowservice.v1.WorkflowServiceGrpc.WorkflowServiceImplBase;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicInteger;

/** Temporal's frontend, as far as a worker that starts can see: it has no tasks, and comes and goes. */
final class FakeFrontend extends WorkflowServiceImplBase implements AutoCloseable {

    final AtomicInteger questions = new AtomicInteger();
    final AtomicInteger polls = new AtomicInteger();
    private final AtomicInteger answersLeft = new AtomicInteger();
    private final Server server;
    private final String name = InProcessServerBuilder.generateName();

    FakeFrontend() {
        try {
            server = InProcessServerBuilder.forName(name)
                    .addService(this)
                    .build()
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    WorkflowServiceStubs stubs() {
        return WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setChannel(InProcessChannelBuilder.forName(name).build())
                .build());
    }

    /** It is there for so many questions, and then no more. */
    void answers(int times) {
        answersLeft.set(times);
    }

    @Override
    public void getSystemInfo(GetSystemInfoRequest request, StreamObserver<GetSystemInfoResponse> answer) {
        answer.onNext(GetSystemInfoResponse.getDefaultInstance());
        answer.onCompleted();
    }

    @Override
    public void describeNamespace(DescribeNamespaceRequest request, StreamObserver<DescribeNamespaceResponse> answer) {
        questions.incrementAndGet();
        if (answersLeft.getAndDecrement() > 0) {
            answer.onNext(DescribeNamespaceResponse.getDefaultInstance());
            answer.onCompleted();
        } else {
            answer.onError(Status.UNAVAILABLE.asRuntimeException());
        }
    }

    /** Left open, as a long poll without a task is. */
    @Override
    public void pollWorkflowTaskQueue(
            PollWorkflowTaskQueueRequest request, StreamObserver<PollWorkflowTaskQueueResponse> answer) {
        polls.incrementAndGet();
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
