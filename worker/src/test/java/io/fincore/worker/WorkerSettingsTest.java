package io.fincore.worker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.validation.ValidationAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class WorkerSettingsTest {

    private final ApplicationContextRunner context = new ApplicationContextRunner()
            .withInitializer(new ConfigDataApplicationContextInitializer())
            .withConfiguration(AutoConfigurations.of(ValidationAutoConfiguration.class))
            .withUserConfiguration(Settings.class);

    @Test
    void hasDefaultsForEverything() {
        context.run(started -> {
            WorkerSettings settings = started.getBean(WorkerSettings.class);
            assertThat(settings.temporal().target()).isEqualTo("127.0.0.1:7233");
            assertThat(settings.slots().bankCalls()).isEqualTo(20);
            assertThat(settings.notifier().url()).hasToString("http://127.0.0.1:8084");
            assertThat(settings.database().poolSize())
                    .as("one connection for each activity that runs at once")
                    .isGreaterThanOrEqualTo(settings.slots().localActivities()
                            + settings.slots().activities());
        });
    }

    @Test
    void namesEveryMistakeAtOnce() {
        context.withPropertyValues(
                        "fincore.database.url=",
                        "fincore.temporal.target=",
                        "fincore.slots.bank-calls=0",
                        "fincore.bank.calls-per-second=-1",
                        "fincore.kyc.url=",
                        "fincore.notifier.read-timeout=31s",
                        "fincore.book-check.interval=59s",
                        "fincore.review.due-after=")
                .run(failed -> assertThat(failed)
                        .getFailure()
                        .rootCause()
                        .hasMessageContaining("database.url")
                        .hasMessageContaining("temporal.target")
                        .hasMessageContaining("slots.bankCalls")
                        .hasMessageContaining("bank.callsPerSecond")
                        .hasMessageContaining("kyc.url")
                        .hasMessageContaining("notifier.readTimeout")
                        .hasMessageContaining("bookCheck.interval")
                        .hasMessageContaining("review.dueAfter"));
    }

    @EnableConfigurationProperties(WorkerSettings.class)
    private static final class Settings {}
}
