package io.fincore.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class SettingsTest {

    @Test
    void tellsAllMistakesAtOnceAndNoSecret(CapturedOutput output) {
        Throwable thrown = null;
        try {
            new SpringApplicationBuilder(ApiApplication.class)
                    .run(
                            "--fincore.database.url=mysql://x",
                            "--fincore.database.pool-size=many",
                            "--fincore.database.reads.url=replica:5432",
                            "--fincore.database.reads.pool-size=0",
                            "--fincore.database.reads.socket-timeout=1ms",
                            "--fincore.temporal.target=nowhere",
                            "--fincore.payments.deadline=soon",
                            "--fincore.inbound.bank.secret=hunter2",
                            "--fincore.kyc.webhook-secret=hunter2",
                            "--fincore.payloads.keys=hunter2:c2VjcmV0LWtleQ==,plain",
                            "--fincore.payloads.web-ui=somewhere",
                            "--fincore.refunds.deadline=1s",
                            "--fincore.activations.deadline=soon",
                            "--fincore.limits.principal-per-second=-1",
                            "--fincore.limits.wallet-burst=0",
                            "--fincore.limits.patience=1h",
                            "--server.port=0",
                            "--management.server.port=0")
                    .close();
        } catch (RuntimeException expected) {
            thrown = expected;
        }

        assertThat(thrown).isNotNull();
        assertThat(output.getAll())
                .contains(
                        "fincore.database.url",
                        "fincore.database.pool-size",
                        "fincore.database.reads.url: must be empty, or begin with jdbc:postgresql://",
                        "fincore.database.reads.pool-size",
                        "fincore.database.reads.socket-timeout",
                        "fincore.temporal.target",
                        "fincore.payments.deadline",
                        "fincore.inbound.bank.secret",
                        "fincore.kyc.webhook-secret",
                        "fincore.payloads.keys[0]: must be an id",
                        "fincore.payloads.web-ui[0]: must be scheme://host:port",
                        "fincore.refunds.deadline",
                        "fincore.activations.deadline",
                        "fincore.limits.principal-per-second",
                        "fincore.limits.wallet-burst",
                        "fincore.limits.patience");
        assertThat(output.getAll()).doesNotContain("hunter2", "c2VjcmV0LWtleQ");
    }
}
