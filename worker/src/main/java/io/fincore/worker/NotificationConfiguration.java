package io.fincore.worker;

import io.fincore.outbox.EventDispatcher;
import io.fincore.providers.HttpNotifier;
import io.fincore.providers.NotifierSettings;
import io.fincore.providers.Provider;
import io.fincore.providers.Resilience;
import io.fincore.steps.Notifications;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Clock;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Tells customers, beside everything else and in nobody's way. */
@Configuration(proxyBeanMethods = false)
class NotificationConfiguration {

    private static final int EVENTS_PER_BATCH = 100;

    /** So that a recipient whom the provider ponders over costs the others a part of the throughput only. */
    private static final int DELIVERIES_AT_ONCE = 4;

    private static final Duration WHEN_IDLE = Duration.ofSeconds(1);

    @Bean
    HttpNotifier notifier(
            WorkerSettings settings,
            CircuitBreakerRegistry breakers,
            BulkheadRegistry bulkheads,
            OpenTelemetry openTelemetry) {
        WorkerSettings.Notifier notifier = settings.notifier();
        return new HttpNotifier(
                new NotifierSettings(notifier.url(), notifier.connectTimeout(), notifier.readTimeout()),
                Resilience.in(breakers, bulkheads, Provider.NOTIFIER),
                openTelemetry);
    }

    @Bean
    Notifications notifications(BackgroundDatabase background, HttpNotifier notifier) {
        return new Notifications(background.dataSource(), notifier, Clock.systemUTC());
    }

    @Bean
    Relay notificationIntake(BackgroundDatabase background, Notifications notifications) {
        EventDispatcher dispatcher =
                new EventDispatcher(background.dataSource(), notifications, Notifications.CURSOR, EVENTS_PER_BATCH);
        return new Relay("notification-intake", 1, WHEN_IDLE, () -> dispatcher.dispatchOnce() > 0);
    }

    @Bean
    Relay notificationDelivery(Notifications notifications) {
        return new Relay("notification-delivery", DELIVERIES_AT_ONCE, WHEN_IDLE, notifications::deliverDue);
    }

    /** Every worker tells the same: these are counts of the database. */
    @Bean
    MeterBinder notificationBacklog(Notifications notifications) {
        return registry -> {
            Gauge.builder(
                            "fincore.notifications.pending",
                            () -> notifications.backlog().pending())
                    .description("notifications that wait for their first or next attempt")
                    .register(registry);
            Gauge.builder(
                            "fincore.notifications.oldest.age",
                            () -> notifications.backlog().oldest().toMillis() / 1000.0)
                    .baseUnit("seconds")
                    .description("how long the oldest of them has been waiting")
                    .register(registry);
            Gauge.builder(
                            "fincore.notifications.given.up",
                            () -> notifications.backlog().givenUp())
                    .description("notifications that were ever refused, or not delivered within a day")
                    .register(registry);
        };
    }
}
