package io.fincore.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.fincore.workflows.StepKey;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StepMetricsTest {

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @ParameterizedTest
    @CsvSource({
        "ledger.hold, ledger.hold",
        "activation.mark-in-review, activation.mark-in-review",
        "payment.claim-for_sending, payment.claim-for_sending",
        "payment.record-contradiction-12, payment.record-contradiction",
        "case.assign-req_01m7zd7m84fm2twx0pg4sjt7p4, case.assign",
        "case.add-note-note_01m7zd7mame27r8a90mpr107m2, case.add-note",
        "case.assign-2f1d7c0e-8a4e-4c7b-9a53-2f4c9f0d6a11, case.assign"
    })
    void namesATimerByTheStepAndNeverByWhatMakesItUnique(String step, String timer) {
        new StepMetrics(meters).succeeded(new StepKey("payment/pay_1", 1, 1, step), 1, Duration.ofMillis(250));

        assertThat(meters.get("saga.step." + timer + ".duration").timer().totalTime(TimeUnit.MILLISECONDS))
                .isEqualTo(250);
    }
}
