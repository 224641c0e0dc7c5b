package io.fincore.dev.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fincore.dev.endtoend.PatientClient.Answer;
import io.fincore.dev.simulator.BankBehaviour;
import io.fincore.dev.stack.Stack;
import io.fincore.dev.stack.TemporalProcess;
import io.fincore.postgres.DatabaseRole;
import io.fincore.steps.BookCheck;
import io.fincore.workflows.bookcheck.BookCheckWorkflow;
import io.fincore.workflows.client.TemporalConnection;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleDescription;
import io.temporal.client.schedules.ScheduleHandle;
import io.temporal.serviceclient.WorkflowServiceStubs;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The check of the book as the running platform makes it, by schedule and by order. */
@ExtendWith(SharedPlatform.class)
class BookCheckTest {

    private static final Duration SOON = Duration.ofMinutes(2);

    private final Stack stack;
    private final PatientClient operator;

    BookCheckTest(SharedPlatform.Running platform) {
        stack = platform.stack();
        operator = new PatientClient(stack, "operator");
    }

    @Test
    void temporalHasItMadeEveryHourAndWhenAskedTo() {
        WorkflowServiceStubs stubs = WorkflowServiceStubs.newServiceStubs(
                TemporalConnection.stubsOptions(stack.temporal().target()));
        try {
            ScheduleHandle schedule = ScheduleClient.newInstance(
                            stubs,
                            TemporalConnection.scheduleOptions(
                                    TemporalProcess.NAMESPACE, stack.temporal().payloadKeys()))
                    .getHandle(BookCheckWorkflow.SCHEDULE_ID);
            ScheduleDescription description = schedule.describe();
            assertThat(description.getSchedule().getSpec().getIntervals())
                    .singleElement()
                    .satisfies(every -> assertThat(every.getEvery()).isEqualTo(Duration.ofHours(1)));
            // The first one is made when a worker makes the schedule.
            assertThat(Waiting.until(SOON, () -> !scheduled().isEmpty() && areSound()))
                    .as("%s", scheduled())
                    .isTrue();
            int before = scheduled().size();

            schedule.trigger();

            assertThat(Waiting.until(SOON, () -> scheduled().size() > before && areSound()))
                    .as("%s", scheduled())
                    .isTrue();
        } finally {
            stubs.shutdownNow();
        }
    }

    @Test
    void anOperatorHasItMade() {
        Payer payer = Payer.withDeposit(operator, 10_000);
        Answer payment = payer.pay(payer.order(1_000, BankBehaviour.SETTLES_AT_ONCE));
        assertThat(payment.status()).isEqualTo(202);

        Answer ordered = operator.post(
                "/v1/admin/book-checks",
                Map.of("anchors", List.of()),
                UUID.randomUUID().toString(),
                Map.of());

        assertThat(ordered.status()).as("%s", ordered.body()).isEqualTo(202);
        String path = "/v1/admin/book-checks/" + ordered.id();
        assertThat(Waiting.until(SOON, () -> !operator.get(path).text("status").equals("running")))
                .isTrue();
        JsonNode ended = operator.get(path).body();
        assertThat(ended.path("status").asText()).as("%s", ended).isEqualTo("sound");
        assertThat(ended.path("requested_by").asText()).isEqualTo("operator");
        assertThat(ended.path("findings").findValuesAsText("check")).isEqualTo(BookCheck.names());
    }

    private boolean areSound() {
        return scheduled().stream().allMatch("sound"::equals);
    }

    private List<String> scheduled() {
        return JdbcClient.create(stack.postgres().as(DatabaseRole.WORKER))
                .sql("SELECT status FROM saga.book_check WHERE requested_by = 'schedule' ORDER BY id")
                .query(String.class)
                .list();
    }
}
