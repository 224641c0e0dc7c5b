package io.fincore.worker;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.temporal.api.schedule.v1.Schedule;
import io.temporal.api.workflowservice.v1.CreateScheduleRequest;
import io.temporal.api.workflowservice.v1.CreateScheduleResponse;
import io.temporal.api.workflowservice.v1.DescribeScheduleRequest;
import io.temporal.api.workflowservice.v1.DescribeScheduleResponse;
import io.temporal.api.workflowservice.v1.UpdateScheduleRequest;
import io.temporal.api.workflowservice.v1.UpdateScheduleResponse;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Temporal's frontend, as far as one schedule goes. */
final class FakeSchedules extends FakeTemporal {

    volatile @Nullable CreateScheduleRequest created;
    volatile @Nullable Schedule schedule;
    final AtomicInteger updates = new AtomicInteger();

    @Override
    public void createSchedule(CreateScheduleRequest request, StreamObserver<CreateScheduleResponse> answer) {
        if (schedule != null) {
            answer.onError(Status.ALREADY_EXISTS.asRuntimeException());
            return;
        }
        created = request;
        schedule = request.getSchedule();
        answer.onNext(CreateScheduleResponse.getDefaultInstance());
        answer.onCompleted();
    }

    @Override
    public void describeSchedule(DescribeScheduleRequest request, StreamObserver<DescribeScheduleResponse> answer) {
        answer.onNext(DescribeScheduleResponse.newBuilder()
                .setSchedule(Objects.requireNonNull(schedule))
                .build());
        answer.onCompleted();
    }

    @Override
    public void updateSchedule(UpdateScheduleRequest request, StreamObserver<UpdateScheduleResponse> answer) {
        updates.incrementAndGet();
        schedule = request.getSchedule();
        answer.onNext(UpdateScheduleResponse.getDefaultInstance());
        answer.onCompleted();
    }
}
