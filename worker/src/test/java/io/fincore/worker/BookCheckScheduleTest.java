package io.fincore.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.fincore.workflows.TaskQueues;
import io.fincore.workflows.bookcheck.BookCheckOrder;
import io.fincore.workflows.bookcheck.BookCheckWorkflow;
import io.fincore.workflows.client.PayloadKeys;
import io.fincore.workflows.client.TemporalConnection;
import io.temporal.api.enums.v1.ScheduleOverlapPolicy;
import io.temporal.api.schedule.v1.Schedule;
import io.temporal.api.schedule.v1.ScheduleState;
import io.temporal.api.workflow.v1.NewWorkflowExecutionInfo;
import io.temporal.api.workflowservice.v1.CreateScheduleRequest;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BookCheckScheduleTest {

    private static final Duration AN_HOUR = Duration.ofHours(1);

    private static final PayloadKeys KEYS = PayloadKeys.ephemeral();

    private final FakeSchedules temporal = new FakeSchedules();
    private final WorkflowServiceStubs stubs = temporal.stubs();

    @AfterEach
    void close() {
        stubs.shutdownNow();
        temporal.close();
    }

    @Test
    void isMadeOnceWithAFirstCheckAtOnce() {
        assertThat(schedule(AN_HOUR).ensure()).isFalse();
        assertThat(schedule(AN_HOUR).ensure()).isFalse();

        assertThat(temporal.updates).hasValue(0);
        CreateScheduleRequest created = Objects.requireNonNull(temporal.created);
        assertThat(created.getScheduleId()).isEqualTo("book-check");
        assertThat(created.getInitialPatch().hasTriggerImmediately()).isTrue();
        Schedule made = made();
        assertThat(made.getSpec().getIntervalList())
                .singleElement()
                .satisfies(every -> assertThat(every.getInterval().getSeconds()).isEqualTo(AN_HOUR.toSeconds()));
        assertThat(made.getPolicies().getOverlapPolicy()).isEqualTo(ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_SKIP);
        assertThat(made.getPolicies().getCatchupWindow().getSeconds()).isEqualTo(60);
        NewWorkflowExecutionInfo started = made.getAction().getStartWorkflow();
        assertThat(started.getWorkflowId()).isEqualTo(BookCheckWorkflow.SCHEDULE_ID);
        assertThat(started.getWorkflowType().getName()).isEqualTo(BookCheckWorkflow.WORKFLOW_TYPE);
        assertThat(started.getTaskQueue().getName()).isEqualTo(TaskQueues.PAYMENTS);
        assertThat(TemporalConnection.scheduleOptions("default", KEYS)
                        .getDataConverter()
                        .fromPayload(started.getInput().getPayloads(0), BookCheckOrder.class, BookCheckOrder.class))
                .isEqualTo(BookCheckOrder.SCHEDULED);
    }

    @Test
    void followsTheSettingsAndStaysPausedIfItIs() {
        schedule(AN_HOUR).ensure();
        temporal.schedule = made().toBuilder()
                .setState(ScheduleState.newBuilder().setPaused(true).setNotes("for the restore"))
                .build();

        schedule(Duration.ofMinutes(5)).ensure();

        assertThat(temporal.updates).hasValue(1);
        assertThat(made().getSpec().getInterval(0).getInterval().getSeconds()).isEqualTo(300);
        assertThat(made().getState().getPaused()).isTrue();
        assertThat(made().getState().getNotes()).isEqualTo("for the restore");
    }

    private Schedule made() {
        return Objects.requireNonNull(temporal.schedule);
    }

    private BookCheckSchedule schedule(Duration interval) {
        return new BookCheckSchedule(
                ScheduleClient.newInstance(stubs, TemporalConnection.scheduleOptions("default", KEYS)), interval);
    }
}
