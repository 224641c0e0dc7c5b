package io.fincore.api.temporal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fincore.api.problem.ProblemException;
import io.fincore.api.problem.ProblemType;
import io.fincore.api.settings.FincoreProperties;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** A request ends in time, though Temporal's client would poll for the result of an accepted update without end. */
@Timeout(60)
class UnfinishedUpdatesTest {

    private final UnfinishedUpdates temporal = new UnfinishedUpdates();

    @AfterEach
    void close() {
        temporal.close();
    }

    @Test
    void anOrderThatIsNotAcceptedInTimeCountsAsStarted() {
        WorkflowStarter starter = new WorkflowStarter(
                temporal.client(),
                new Binder(new MapConfigurationPropertySource(Map.of("fincore.payments.acceptance-timeout", "500ms")))
                        .bindOrCreate("fincore", FincoreProperties.class));

        StartOutcome<String> outcome = starter.startAndAwait(
                new WorkflowStart<>("PaymentWorkflow", "payment/pay_1", "pay_1", "order", String.class, "summary"));

        assertThat(outcome).isInstanceOf(StartOutcome.Started.class);
    }

    @Test
    void aClientIsToldToRepeatAnUpdateThatIsNotFinishedInTime() {
        assertThatThrownBy(() -> new UpdateCalls(temporal.client())
                        .update("payment/pay_1", "cancel", "1", String.class, "because"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.type()).isEqualTo(ProblemType.WORKFLOW_ENGINE_UNAVAILABLE));
    }
}
