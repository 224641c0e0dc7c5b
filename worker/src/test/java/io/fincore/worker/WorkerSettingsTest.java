package io.fincore.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.fincore.workflows.client.PayloadKeys;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.validation.ValidationAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class WorkerSettingsTest {

    private final ApplicationContextRunner context = new ApplicationContextRunner()
            .withInitializer(new ConfigDataApplicationContextInitializer())
            .withPropertyValues("fincore.payloads.keys=plain")
            .withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class))
            .withUserConfiguration(Settings.class);

    @Test
    void hasDefaultsForEverything() {
        context.run(started -> {
            WorkerSettings settings = started.getBean(WorkerSettings.class);
            assertThat(settings.temporal().target()).isEqualTo("127.0.0.1:7233");
            assertThat(settings.slots().bankCalls()).isEqualTo(20);
            assertThat(settings.notifier().url()).hasToString("http://127.0.0.1:8084");
            assertThat(settings.database().backgroundPoolSize()).isEqualTo(8);
            assertThat(settings.webhooks().retries())
                    .hasSize(9)
                    .startsWith(Duration.ofSeconds(5), Duration.ofMinutes(5))
                    .endsWith(Duration.ofHours(24));
            assertThat(settings.webhooks().allowPrivateTargets()).isFalse();
        });
    }

    @Test
    void namesEveryMistakeAtOnce() {
        context.withPropertyValues(
                        "fincore.database.url=",
                        "fincore.database.background-pool-size=0",
                        "fincore.temporal.target=",
                        "fincore.payloads.keys=",
                        "fincore.slots.bank-calls=0",
                        "fincore.bank.calls-per-second=-1",
                        "fincore.kyc.url=",
                        "fincore.notifier.read-timeout=31s",
                        "fincore.webhooks.read-timeout=31s",
                        "fincore.webhooks.retries=",
                        "fincore.review.due-after=",
                        "fincore.holds.expiry-interval=0s",
                        "fincore.book-check.interval=59s")
                .run(failed -> assertThat(failed)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("database.url")
                        .hasMessageContaining("database.backgroundPoolSize")
                        .hasMessageContaining("temporal.target")
                        .hasMessageContaining("must hold a key that what Temporal keeps is encrypted with")
                        .hasMessageContaining("slots.bankCalls")
                        .hasMessageContaining("bank.callsPerSecond")
                        .hasMessageContaining("kyc.url")
                        .hasMessageContaining("notifier.readTimeout")
                        .hasMessageContaining("webhooks.readTimeout")
                        .hasMessageContaining("webhooks.retries")
                        .hasMessageContaining("review.dueAfter")
                        .hasMessageContaining("holds.expiryInterval")
                        .hasMessageContaining("bookCheck.interval"));
    }

    @Test
    void wantsAConnectionForEachStepThatRunsAtOnce() {
        context.withPropertyValues("fincore.slots.local-activities=16", "fincore.slots.activities=8")
                .withPropertyValues("fincore.database.pool-size=24")
                .run(started -> assertThat(started).hasNotFailed());
        context.withPropertyValues("fincore.slots.local-activities=16", "fincore.slots.activities=8")
                .withPropertyValues("fincore.database.pool-size=23")
                .run(failed -> assertThat(failed)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining(
                                "database.pool-size must be at least slots.local-activities + slots.activities"));
    }

    @Test
    void namesMistakesInTheKeysAndNoKey() {
        String good = PayloadKeys.newEntry("2026-11");
        context.withPropertyValues("fincore.payloads.keys=plain," + good, "fincore.bank.calls-per-second=0")
                .run(started -> assertThat(started.getBean(WorkerSettings.class)
                                .payloads()
                                .ring()
                                .encrypts())
                        .isFalse());
        context.withPropertyValues(
                        "fincore.payloads.keys=" + good + ",short:c2VjcmV0LWtleQ==", "fincore.temporal.target=")
                .run(failed -> assertThat(failed)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("each of payloads.keys must be an id")
                        .hasMessageContaining("32 bytes in base64")
                        .hasMessageContaining("temporal.target")
                        .hasMessageNotContaining("c2VjcmV0LWtleQ")
                        .hasMessageNotContaining(good));
        context.withPropertyValues("fincore.payloads.keys=" + good + "," + PayloadKeys.newEntry("2026-11"))
                .run(failed -> assertThat(failed)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("payloads.keys must have different ids"));
    }

    @EnableConfigurationProperties(WorkerSettings.class)
    private static final class Settings {}
}
