package io.fincore.dev.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.fincore.dev.endtoend.Halt.When;
import io.fincore.dev.stack.Progress;
import io.fincore.dev.stack.Stack;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** One kill at the most delicate commit of each saga; {@code temporal-dev/crash-test} makes them at every commit. */
@ExtendWith(SharedPlatform.class)
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class CrashTest {

    private final Stack stack;

    CrashTest(SharedPlatform.Running platform) {
        stack = platform.stack();
    }

    @Test
    void eachSagaSurvivesTheDeathOfItsWorkerAtItsMostDelicateCommit() {
        List<Halt> halts = List.of(
                // Nobody can know whether the order has left the house.
                new Halt(Journey.PAYMENT_SETTLES, "payment bank.send IN_PROGRESS", When.AFTER_COMMIT),
                // All steps of this workflow task are taken again, those that are undone too.
                new Halt(Journey.PAYMENT_IS_DECLINED, "payment payment.mark-rejected SUCCEEDED", When.AFTER_COMMIT),
                // The bank has returned the money, and our book does not know.
                new Halt(Journey.REFUND_RETURNS, "refund ledger.post-reversal SUCCEEDED", When.BEFORE_COMMIT),
                // The verdict is on record, the payment still holds the money.
                new Halt(Journey.CASE_IS_REJECTED, "case case.resolve SUCCEEDED", When.AFTER_COMMIT),
                new Halt(Journey.ACTIVATION_IS_APPROVED, "activation wallet.activate SUCCEEDED", When.AFTER_COMMIT));

        CrashReport report = CrashSweep.at(stack, halts, Progress.silent());

        assertThat(report.violations()).isEmpty();
        assertThat(report.crashes()).isEqualTo(halts.size());
    }
}
