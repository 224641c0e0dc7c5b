package io.fincore.steps;

import io.fincore.customers.Customers;
import io.fincore.money.EndToEndId;
import io.fincore.money.IdType;
import io.fincore.providers.Bank;
import io.fincore.providers.BankStatus;
import io.fincore.providers.CreditTransfer;
import io.fincore.providers.InquiryAnswer;
import io.fincore.providers.ReturnRequest;
import io.fincore.providers.SendAnswer;
import io.fincore.providers.SendGate;
import io.fincore.steps.BankCallStore.CallRow;
import io.fincore.steps.BankCallStore.Intent;
import io.fincore.workflows.FailureType;
import io.fincore.workflows.StepKey;
import io.fincore.workflows.bank.BankActivities;
import io.fincore.workflows.bank.BankAnswer;
import io.fincore.workflows.payment.PaymentStep;
import io.fincore.workflows.refund.RefundStep;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

final class BankActivitiesImpl implements BankActivities {

    private final PaymentStore payments;
    private final RefundStore refunds;
    private final BankCallStore calls;
    private final Customers customers;
    private final Bank bank;

    BankActivitiesImpl(
            PaymentStore payments, RefundStore refunds, BankCallStore calls, Customers customers, Bank bank) {
        this.payments = payments;
        this.refunds = refunds;
        this.calls = calls;
        this.customers = customers;
        this.bank = bank;
    }

    @Override
    public BankAnswer send(StepKey key, String paymentId, int callNumber, Instant notAfter) {
        return ordered(
                key,
                callNumber,
                notAfter,
                BankSubject.of(payments, paymentId),
                gate -> bank.send(transfer(payments.get(paymentId)), gate));
    }

    @Override
    public BankAnswer refund(StepKey key, String refundId, int callNumber, Instant notAfter) {
        return ordered(
                key,
                callNumber,
                notAfter,
                refundSubject(refundId),
                gate -> bank.requestReturn(returnOf(refunds.get(refundId)), gate));
    }

    private BankAnswer ordered(
            StepKey key, int callNumber, Instant notAfter, BankSubject subject, Function<SendGate, SendAnswer> order) {
        return classified(() -> {
            Optional<CallRow> earlier = calls.find(key);
            Optional<BankAnswer> known = earlier.flatMap(row -> row.answerTo(callNumber));
            if (known.isPresent()) {
                return known.get();
            }
            AtomicReference<@Nullable Intent> intent = new AtomicReference<>();
            SendAnswer answer = order.apply(() -> {
                if (earlier.isEmpty() && Instant.now().isAfter(notAfter)) {
                    // The workflow's own claim, made at the deadline, is on its way.
                    return false;
                }
                Intent committed = calls.commitIntent(key, subject, callNumber);
                intent.set(committed);
                return committed == Intent.COMMITTED;
            });
            return switch (answer) {
                case BankStatus.Settled settled -> close(key, subject, callNumber, map(settled));
                case BankStatus.Accepted accepted -> close(key, subject, callNumber, map(accepted));
                case BankStatus.Rejected rejected -> close(key, subject, callNumber, map(rejected));
                case SendAnswer.Unknown unknown ->
                    close(key, subject, callNumber, new BankAnswer.Unknown(unknown.detail()));
                case SendAnswer.NotSent notSent -> notSent(key, callNumber, notSent, intent.get());
            };
        });
    }

    @Override
    public BankAnswer inquire(StepKey key, String subjectId) {
        return IdType.REFUND.matches(subjectId)
                ? inquired(key, RefundStep.ASK.key(subjectId), EndToEndId.ofRefund(subjectId), refundSubject(subjectId))
                : inquired(
                        key,
                        PaymentStep.SEND.key(subjectId),
                        EndToEndId.ofPayment(subjectId),
                        BankSubject.of(payments, subjectId));
    }

    private BankAnswer inquired(StepKey key, StepKey order, EndToEndId id, BankSubject subject) {
        return classified(() -> {
            Optional<BankAnswer> known = calls.find(order).flatMap(CallRow::finalAnswer);
            if (known.isPresent()) {
                return known.get();
            }
            long asked = System.nanoTime();
            InquiryAnswer said = bank.inquire(id);
            BankAnswer answer = switch (said) {
                case BankStatus status -> map(status);
                case InquiryAnswer.NotKnown notKnown -> new BankAnswer.NotKnown();
                case InquiryAnswer.Unavailable unavailable ->
                    throw notReached(unavailable.detail(), unavailable.retryAfter());
            };
            calls.recordInquiry(key, subject, answer, Duration.ofNanos(System.nanoTime() - asked));
            return answer;
        });
    }

    private BankAnswer close(StepKey key, BankSubject subject, int callNumber, BankAnswer answer) {
        calls.closeWithAnswer(key, subject, callNumber, answer);
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

    private BankSubject refundSubject(String refundId) {
        return BankSubject.of(payments, refunds, refunds.get(refundId));
    }

    private static ReturnRequest returnOf(RefundRow refund) {
        return new ReturnRequest(
                refund.endToEndId(),
                EndToEndId.ofPayment(refund.paymentId()),
                refund.amount(),
                refund.reason(),
                refund.createdAt());
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
                .setType(FailureType.PROVIDER_NOT_REACHED.name())
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
