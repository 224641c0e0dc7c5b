package io.fincore.worker;

import io.fincore.workflows.TaskQueues;
import io.fincore.workflows.bookcheck.BookCheckOrder;
import io.fincore.workflows.bookcheck.BookCheckWorkflow;
import io.temporal.api.enums.v1.ScheduleOverlapPolicy;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.schedules.Schedule;
import io.temporal.client.schedules.ScheduleActionStartWorkflow;
import io.temporal.client.schedules.ScheduleAlreadyRunningException;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleHandle;
import io.temporal.client.schedules.ScheduleIntervalSpec;
import io.temporal.client.schedules.ScheduleOptions;
import io.temporal.client.schedules.SchedulePolicy;
import io.temporal.client.schedules.ScheduleSpec;
import io.temporal.client.schedules.ScheduleUpdate;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Temporal's schedule of checks of the book. Any number of workers may see to it at once: there is one. */
final class BookCheckSchedule {

    private static final Logger LOG = LoggerFactory.getLogger(BookCheckSchedule.class);

    /** A check that was missed for longer, because Temporal was away, is not made up for: the next one sees the same book. */
    private static final Duration CATCH_UP = Duration.ofMinutes(1);

    private final ScheduleClient schedules;
    private final Duration interval;

    BookCheckSchedule(ScheduleClient schedules, Duration interval) {
        this.schedules = schedules;
        this.interval = interval;
    }

    /**
     * Makes the schedule if there is none, with a first check at once, or gives it the interval of the settings. Whether somebody has
     * paused it stays as it is.
     *
     * @return false: there is nothing more to do for now
     */
    boolean ensure() {
        try {
            schedules.createSchedule(
                    BookCheckWorkflow.SCHEDULE_ID,
                    schedule().build(),
                    ScheduleOptions.newBuilder().setTriggerImmediately(true).build());
            LOG.info("the book is checked every {}", interval);
        } catch (ScheduleAlreadyRunningException exists) {
            update(schedules.getHandle(BookCheckWorkflow.SCHEDULE_ID));
        }
        return false;
    }

    private void update(ScheduleHandle existing) {
        List<Duration> intervals = existing.describe().getSchedule().getSpec().getIntervals().stream()
                .map(ScheduleIntervalSpec::getEvery)
                .toList();
        if (!intervals.equals(List.of(interval))) {
            existing.update(input -> new ScheduleUpdate(schedule()
                    .setState(input.getDescription().getSchedule().getState())
                    .build()));
            LOG.info("from now on the book is checked every {}", interval);
        }
    }

    private Schedule.Builder schedule() {
        return Schedule.newBuilder()
                .setAction(ScheduleActionStartWorkflow.newBuilder()
                        .setWorkflowType(BookCheckWorkflow.WORKFLOW_TYPE)
                        .setArguments(BookCheckOrder.SCHEDULED)
                        .setOptions(WorkflowOptions.newBuilder()
                                .setWorkflowId(BookCheckWorkflow.SCHEDULE_ID)
                                .setTaskQueue(TaskQueues.PAYMENTS)
                                // The SDK cannot read a schedule back that has the one and not the other.
                                .setStaticSummary("by schedule")
                                .setStaticDetails("What it finds: `GET /v1/admin/book-checks`")
                                .build())
                        .build())
                .setSpec(ScheduleSpec.newBuilder()
                        .setIntervals(List.of(new ScheduleIntervalSpec(interval)))
                        .build())
                .setPolicy(SchedulePolicy.newBuilder()
                        .setOverlap(ScheduleOverlapPolicy.SCHEDULE_OVERLAP_POLICY_SKIP)
                        .setCatchupWindow(CATCH_UP)
                        .build());
    }
}
