package io.fincore.worker;

import io.fincore.outbox.EventDispatcher;
import io.fincore.providers.WebhookSender;
import io.fincore.providers.WebhookSettings;
import io.fincore.steps.Webhooks;
import io.fincore.workflows.client.WebhookWaker;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.temporal.client.WorkflowClient;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Tells clients' endpoints, beside everything else and in nobody's way. */
@Configuration(proxyBeanMethods = false)
class WebhookConfiguration {

    private static final int EVENTS_PER_BATCH = 100;
    private static final Duration WHEN_IDLE = Duration.ofMillis(200);

    /** What clients ask for themselves, a replay or to go on, is found by the sweep: they wait no longer than this. */
    private static final Duration BETWEEN_SWEEPS = Duration.ofSeconds(5);

    /** Whoever was told of something takes it within this; what is older may have been told to nobody. */
    private static final Duration OVERDUE = Duration.ofSeconds(1);

    @Bean
    WebhookSender webhookSender(WorkerSettings settings) {
        WorkerSettings.Webhooks webhooks = settings.webhooks();
        return new WebhookSender(
                new WebhookSettings(webhooks.connectTimeout(), webhooks.readTimeout(), webhooks.allowPrivateTargets()));
    }

    @Bean
    Webhooks webhooks(BackgroundDatabase background, WebhookSender sender, WorkerSettings settings) {
        return new Webhooks(background.dataSource(), sender, settings.webhooks().retries());
    }

    /** An endpoint that cannot be told because Temporal is away is found by the sweep later. */
    @Bean
    Relay webhookIntake(BackgroundDatabase background, Webhooks webhooks, WorkflowClient client) {
        EventDispatcher dispatcher =
                new EventDispatcher(background.dataSource(), webhooks, Webhooks.CURSOR, EVENTS_PER_BATCH);
        WebhookWaker waker = new WebhookWaker(client);
        return new Relay("webhook-intake", 1, WHEN_IDLE, () -> {
            boolean some = dispatcher.dispatchOnce() > 0;
            webhooks.takeTouched().forEach(waker::wake);
            return some;
        });
    }

    @Bean
    Relay webhookSweep(Webhooks webhooks, WorkflowClient client) {
        WebhookWaker waker = new WebhookWaker(client);
        return new Relay("webhook-sweep", 1, BETWEEN_SWEEPS, () -> {
            webhooks.overdue(OVERDUE).forEach(waker::wake);
            return false;
        });
    }

    /** Every worker tells the same: these are counts of the database. */
    @Bean
    MeterBinder webhookBacklog(Webhooks webhooks) {
        return registry -> {
            Gauge.builder("fincore.webhooks.pending", () -> webhooks.backlog().pending())
                    .description("deliveries to enabled endpoints that wait for their first or next attempt")
                    .register(registry);
            Gauge.builder(
                            "fincore.webhooks.oldest.age",
                            () -> webhooks.backlog().oldest().toMillis() / 1000.0)
                    .baseUnit("seconds")
                    .description("how long the oldest of them has been waiting")
                    .register(registry);
        };
    }
}
