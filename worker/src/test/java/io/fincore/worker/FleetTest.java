package io.fincore.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.fincore.workflows.TaskQueues;
import io.fincore.workflows.client.PayloadKeys;
import io.fincore.workflows.client.TemporalConnection;
import io.fincore.workflows.payment.PaymentWorkflowImpl;
import io.opentelemetry.api.OpenTelemetry;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.worker.WorkerFactory;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.Status;

class FleetTest {

    private static final WorkerSettings SETTINGS = new WorkerSettings(
            new WorkerSettings.Database("jdbc:postgresql:none", "nobody", "", 2, 1),
            new WorkerSettings.Temporal("temporal.test:7233", "default"),
            new WorkerSettings.Payloads(List.of(PayloadKeys.PLAIN)),
            new WorkerSettings.Bank(URI.create("http://bank.test"), Duration.ZERO, Duration.ZERO, 0),
            new WorkerSettings.Kyc(URI.create("http://kyc.test"), Duration.ZERO, Duration.ZERO),
            new WorkerSettings.Notifier(URI.create("http://notifier.test"), Duration.ZERO, Duration.ZERO),
            new WorkerSettings.Webhooks(Duration.ZERO, Duration.ZERO, List.of(), false),
            new WorkerSettings.Review(Duration.ZERO, Duration.ZERO, Duration.ZERO),
            new WorkerSettings.Audit(Duration.ofSeconds(1)),
            new WorkerSettings.Holds(Duration.ofSeconds(1)),
            new WorkerSettings.BookCheck(Duration.ZERO, Duration.ZERO),
            new WorkerSettings.Slots(2, 1, 1, 1, 1, 1, 1),
            Duration.ofSeconds(2));

    private final FakeFrontend temporal = new FakeFrontend();
    private final Fleet fleet = fleet();

    private Fleet fleet() {
        WorkflowServiceStubs stubs = temporal.stubs();
        WorkerFactory factory = WorkerFactory.newInstance(WorkflowClient.newInstance(
                stubs, TemporalConnection.clientOptions("default", PayloadKeys.ephemeral(), OpenTelemetry.noop())));
        factory.newWorker(TaskQueues.PAYMENTS).registerWorkflowImplementationTypes(PaymentWorkflowImpl.class);
        return new Fleet(SETTINGS, stubs, factory);
    }

    @AfterEach
    void close() {
        fleet.stop();
        temporal.close();
    }

    @Test
    void pollsLaterWhenTemporalVanishesWhileItStarts() {
        // The fleet's own question is answered, the one that the factory starts with is not.
        temporal.answers(1);
        fleet.start();

        Awaitility.await().until(() -> temporal.questions.get() >= 4);
        assertThat(fleet.health()).isEqualTo(health(Status.DOWN, false));
        assertThat(temporal.polls).hasValue(0);

        temporal.answers(Integer.MAX_VALUE);
        Awaitility.await().until(() -> temporal.polls.get() > 0);
        Awaitility.await().until(() -> fleet.health().equals(health(Status.UP, true)));
    }

    @Test
    void isNotReadyWhenTemporalVanishesWhileItPolls() {
        temporal.answers(Integer.MAX_VALUE);
        fleet.start();
        Awaitility.await().until(() -> temporal.polls.get() > 0);

        temporal.answers(0);

        Awaitility.await().until(() -> fleet.health().equals(health(Status.DOWN, true)));
    }

    @Test
    void neverPollsWhenItIsStoppedWhileItWaits() {
        fleet.start();
        Awaitility.await().until(() -> temporal.questions.get() > 0);

        fleet.stop();

        assertThat(fleet.isRunning()).isFalse();
        Awaitility.await()
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().equals("fleet-start")));
        assertThat(temporal.polls).hasValue(0);
    }

    private static Health health(Status status, boolean polling) {
        return Health.status(status)
                .withDetail("target", "temporal.test:7233")
                .withDetail("polling", polling)
                .build();
    }
}
