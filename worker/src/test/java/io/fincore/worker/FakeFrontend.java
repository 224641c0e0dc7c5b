package io.fincore.worker;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.api.workflowservice.v1.DescribeNamespaceResponse;
import io.temporal.api.workflowservice.v1.PollWorkflowTaskQueueRequest;
import io.temporal.api.workflowservice.v1.PollWorkflowTaskQueueResponse;
import java.util.concurrent.atomic.AtomicInteger;

/** Temporal's frontend, as far as a worker that starts can see: it has no tasks, and comes and goes. */
final class FakeFrontend extends FakeTemporal {

    final AtomicInteger questions = new AtomicInteger();
    final AtomicInteger polls = new AtomicInteger();
    private final AtomicInteger answersLeft = new AtomicInteger();

    /** It is there for so many questions, and then no more. */
    void answers(int times) {
        answersLeft.set(times);
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
}
