package io.fincore.api.payments;

import io.fincore.api.security.Caller;
import java.time.Duration;
import org.springframework.stereotype.Component;

/** Waits for a payment to end by looking at its row: Temporal allows few updates in flight, and a row costs it nothing. */
@Component
class PaymentWatch {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(25);
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(250);

    private final PaymentReader payments;

    PaymentWatch(PaymentReader payments) {
        this.payments = payments;
    }

    /** @return the payment with a terminal status, or as it is when the time is over */
    StoredPayment untilTerminal(Caller caller, StoredPayment payment, Duration wait) {
        long endNanos = System.nanoTime() + wait.toNanos();
        StoredPayment latest = payment;
        Duration pause = FIRST_PAUSE;
        while (!latest.status().isTerminal() && System.nanoTime() + pause.toNanos() < endNanos) {
            if (!sleep(pause)) {
                return latest;
            }
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
            latest = payments.find(caller, latest.id()).orElse(latest);
        }
        return latest;
    }

    /** @return false if the process is being stopped */
    private static boolean sleep(Duration pause) {
        try {
            Thread.sleep(pause);
            return true;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
