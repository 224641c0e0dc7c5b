package io.fincore.dev.stack;

import static org.assertj.core.api.Assertions.assertThat;

import io.fincore.dev.simulator.KycBehaviour;
import io.fincore.money.IdType;
import io.fincore.providers.HttpKyc;
import io.fincore.providers.KycAnswer;
import io.fincore.providers.KycCheck;
import io.fincore.providers.KycSettings;
import io.fincore.providers.Provider;
import io.fincore.providers.Resilience;
import io.opentelemetry.api.OpenTelemetry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SimulatorProcessTest {

    private static final Duration SOON = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private SimulatorProcess simulator;

    @BeforeEach
    void start() {
        simulator = new Stack(StackSettings.of(folder, Ports.free()), Progress.silent()).simulator();
        simulator.start();
        simulator.awaitHealthy(SOON);
    }

    @AfterEach
    void stop() {
        simulator.stop();
    }

    @Test
    void knowsAfterAKillWhatItAnsweredBefore() {
        KycCheck check = new KycCheck(IdType.ACTIVATION.next(), KycBehaviour.REJECTS.customerName(), null, null);
        try (HttpKyc kyc = new HttpKyc(
                KycSettings.of(URI.create(simulator.url())), Resilience.of(Provider.KYC), OpenTelemetry.noop())) {
            KycAnswer answer = kyc.verify(check);
            assertThat(answer).isInstanceOf(KycAnswer.Rejected.class);

            simulator.kill();
            simulator.start();
            simulator.awaitHealthy(SOON);

            assertThat(kyc.inquire(check.checkId())).isEqualTo(answer);
        }
    }
}
