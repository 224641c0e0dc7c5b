package io.fincore.steps;

import io.fincore.customers.Customers;
import io.fincore.providers.Bank;
import io.fincore.providers.BankStatus;
import io.fincore.providers.CreditTransfer;
import io.fincore.providers.InquiryAnswer;
import io.fincore.providers.SendAnswer;
import io.fincore.steps.BankCallStore.CallRow;
import io.fincore.steps.BankCallStore.Intent;
import io.fincore.workflows.FailureType;
import io.fincore.workflows.StepKey;
import io.fincore.workflows.payment.BankActivities;
import io.fincore.workflows.payment.BankAnswer;
import io.fincore.workflows.payment.PaymentStep;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

final class BankActivitiesImpl implements BankActivities {

    private final PaymentStore payments;
    private final BankCallStore calls;
    private final Customers customers;
    private final Bank bank;

    BankActivitiesImpl(PaymentStore payments, BankCallStore calls, Customers customers, Bank bank) {
        this.payments = payments;
        this.calls = calls;
        this.customers = customers;
        this.bank = bank;
    }

    @Override
    public BankAnswer send(StepKey key, String paymentId, int callNumber, Instant notAfter) {
        return classified(() -> {
            Optional<CallRow> earlier = calls.find(key);
            Optional<BankAnswer> known = earlier.flatMap(row -> row.answerTo(callNumber));
            if (known.isPresent()) {
                return known.get();
            }
            AtomicReference<@Nullable Intent> intent = new AtomicReference<>();
            SendAnswer answer = bank.send(transfer(payments.get(paymentId)), () -> {
                if (earlier.isEmpty() && Instant.now().isAfter(notAfter)) {
                    // The workflow's own claim, made at the deadline, is on its way.
                    return false;
                }
                Intent committed = calls.commitIntent(key, paymentId, callNumber);
                intent.set(committed);
                return committed == Intent.COMMITTED;
            });
            return switch (answer) {
                case BankStatus.Settled settled -> close(key, paymentId, callNumber, map(settled));
                case BankStatus.Accepted accepted -> close(key, paymentId, callNumber, map(accepted));
                case BankStatus.Rejected rejected -> close(key, paymentId, callNumber, map(rejected));
                case SendAnswer.Unknown unknown ->
                    close(key, paymentId, callNumber, new BankAnswer.Unknown(unknown.detail()));
                case SendAnswer.NotSent notSent -> notSent(key, callNumber, notSent, intent.get());
            };
        });
    }

    @Override
    public BankAnswer inquire(StepKey key, String paymentId) {
        return classified(() -> {
            Optional<BankAnswer> known =
                    calls.find(PaymentStep.SEND.key(paymentId)).flatMap(CallRow::finalAnswer);
            if (known.isPresent()) {
                return known.get();
            }
            InquiryAnswer said = bank.inquire(payments.get(paymentId).endToEndId());
            BankAnswer answer = switch (said) {
                case BankStatus status -> map(status);
                case InquiryAnswer.NotKnown notKnown -> new BankAnswer.NotKnown();
                case InquiryAnswer.Unavailable unavailable ->
                    throw notReached(unavailable.detail(), unavailable.retryAfter());
            };
            calls.recordInquiry(key, paymentId, answer);
            return answer;
        });
    }

    private BankAnswer close(StepKey key, String paymentId, int callNumber, BankAnswer answer) {
        calls.closeWithAnswer(key, paymentId, callNumber, answer);
        return answer;
    }

    private BankAnswer notSent(StepKey key, int callNumber, SendAnswer.NotSent notSent, @Nullable Intent intent) {
        if (intent == Intent.CLAIMED_BY_OTHERS) {
            return new BankAnswer.NeverSent();
        }
        if (intent == Intent.TAKEN_BY_ANOTHER_ATTEMPT) {
            return new BankAnswer.Unknown("another attempt is calling the bank");
        }
        if (intent == Intent.COMMITTED) {
            calls.closeWithoutAnswer(key, callNumber, notSent.reason().name());
        }
        throw notReached(notSent.reason().name(), notSent.retryAfter());
    }

    private static BankAnswer map(BankStatus status) {
        return switch (status) {
            case BankStatus.Settled settled -> new BankAnswer.Settled(settled.bankReference());
            case BankStatus.Accepted accepted -> new BankAnswer.Accepted(accepted.bankReference());
            case BankStatus.Rejected rejected -> new BankAnswer.Rejected(rejected.code(), rejected.detail());
        };
    }

    private CreditTransfer transfer(PaymentRow payment) {
        String debtorName = customers
                .find(payment.customerId())
                .orElseThrow(() -> new IllegalStateException("no customer " + payment.customerId()))
                .name();
        return new CreditTransfer(
                payment.endToEndId(),
                payment.amount(),
                debtorName,
                payment.source(),
                payment.creditorName(),
                payment.creditorIban(),
                payment.creditorBic(),
                payment.reference(),
                payment.createdAt());
    }

    /** Nothing left the house, or an inquiry found nobody home: as often as it takes, as late as the bank asks. */
    private static ApplicationFailure notReached(String why, @Nullable Duration retryAfter) {
        ApplicationFailure.Builder failure = ApplicationFailure.newBuilder()
                .setType(FailureType.BANK_NOT_REACHED.name())
                .setMessage(why);
        if (retryAfter != null) {
            failure.setNextRetryDelay(retryAfter);
        }
        return failure.build();
    }

    /** No fault gives a call up: the deadline does, and after the first byte only the bank's answer. */
    private static BankAnswer classified(Supplier<BankAnswer> call) {
        try {
            return call.get();
        } catch (ApplicationFailure said) {
            throw said;
        } catch (RuntimeException fault) {
            throw Faults.toFailure(fault, false);
        }
    }
}
