package io.fincore.dev.endtoend;

import io.fincore.dev.endtoend.PatientClient.Answer;
import io.fincore.dev.simulator.BankBehaviour;
import io.fincore.dev.simulator.KycBehaviour;
import io.fincore.dev.simulator.ReturnBehaviour;
import io.fincore.workflows.SagaKind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A way through a saga, as its people take it from outside. All of them together take every step and every undo. */
enum Journey {
    PAYMENT_SETTLES(SagaKind.PAYMENT, "completed"),
    PAYMENT_IS_REFUSED(SagaKind.PAYMENT, "failed"),
    PAYMENT_IS_INQUIRED(SagaKind.PAYMENT, "completed"),
    PAYMENT_IS_SENT_AGAIN(SagaKind.PAYMENT, "completed"),
    PAYMENT_IS_DECLINED(SagaKind.PAYMENT, "rejected"),
    PAYMENT_IS_CANCELLED(SagaKind.PAYMENT, "cancelled"),
    PAYMENT_IS_MENDED(SagaKind.PAYMENT, "completed", "ledger.settle"),
    UNDO_IS_MENDED(SagaKind.PAYMENT, "failed", "ledger.release"),
    CASE_IS_APPROVED(SagaKind.COMPLIANCE_CASE, "completed"),
    CASE_IS_REJECTED(SagaKind.COMPLIANCE_CASE, "rejected"),
    CASE_IS_LOST(SagaKind.COMPLIANCE_CASE, "rejected"),
    REFUND_RETURNS(SagaKind.REFUND, "completed"),
    REFUND_IS_REFUSED(SagaKind.REFUND, "failed"),
    REFUND_IS_INQUIRED(SagaKind.REFUND, "completed"),
    REFUND_IS_MENDED(SagaKind.REFUND, "completed", "ledger.post-reversal"),
    ACTIVATION_IS_APPROVED(SagaKind.ACCOUNT_ACTIVATION, "completed"),
    ACTIVATION_IS_REJECTED(SagaKind.ACCOUNT_ACTIVATION, "rejected"),
    ACTIVATION_IS_REFERRED(SagaKind.ACCOUNT_ACTIVATION, "completed"),
    ACTIVATION_IS_UNDONE(SagaKind.ACCOUNT_ACTIVATION, "failed", "wallet.activate");

    private final SagaKind saga;
    private final String end;
    private final @Nullable String brokenStep;

    Journey(SagaKind saga, String end) {
        this(saga, end, null);
    }

    Journey(SagaKind saga, String end, @Nullable String brokenStep) {
        this.saga = saga;
        this.end = end;
        this.brokenStep = brokenStep;
    }

    SagaKind saga() {
        return saga;
    }

    /** The status that its payment, refund or activation must end in. */
    String end() {
        return end;
    }

    /** A step that must fail for good, until it is mended for this saga; null if nothing must. */
    @Nullable
    String brokenStep() {
        return brokenStep;
    }

    /** Those that end well without an operator's repair. */
    static List<Journey> withoutRepair() {
        return Arrays.stream(values())
                .filter(journey -> journey.brokenStep == null && journey != CASE_IS_LOST)
                .toList();
    }

    /**
     * Makes everything ready that is not part of the journey.
     *
     * @param mender mends the broken step for the workflow of this id
     * @return takes the journey, and answers how it ended
     */
    Supplier<String> prepare(People people, Consumer<String> mender) {
        Cast cast = new Cast(people, mender);
        return switch (this) {
            case PAYMENT_SETTLES -> cast.paid(BankBehaviour.SETTLES_LATER);
            case PAYMENT_IS_REFUSED -> cast.paid(BankBehaviour.REJECTS_AFTER_ACCEPTING);
            case PAYMENT_IS_INQUIRED -> cast.paid(BankBehaviour.EXECUTES_THEN_DROPS_CONNECTION);
            case PAYMENT_IS_SENT_AGAIN -> cast.paid(BankBehaviour.LOSES_FIRST_REQUEST);
            case PAYMENT_IS_DECLINED -> cast.declined();
            case PAYMENT_IS_CANCELLED -> cast.reviewed(people::cancel);
            case PAYMENT_IS_MENDED ->
                cast.mended(cast.payment(BankBehaviour.SETTLES_AT_ONCE), "step_failed", people::paymentEnd);
            case UNDO_IS_MENDED ->
                cast.mended(
                        cast.payment(BankBehaviour.REJECTS_AT_ONCE_AC04), "compensation_failed", people::paymentEnd);
            case CASE_IS_APPROVED -> cast.reviewed(payment -> people.resolveCase(payment, "approve"));
            case CASE_IS_REJECTED -> cast.reviewed(payment -> people.resolveCase(payment, "reject"));
            case CASE_IS_LOST -> cast.reviewed(cast::giveUpWithoutCase);
            case REFUND_RETURNS -> cast.refunded(ReturnBehaviour.RETURNS_LATER);
            case REFUND_IS_REFUSED -> cast.refunded(ReturnBehaviour.REFUSES_RETURN_AFTER_ACCEPTING);
            case REFUND_IS_INQUIRED -> cast.refunded(ReturnBehaviour.RETURNS_THEN_DROPS_CONNECTION);
            case REFUND_IS_MENDED ->
                cast.mended(cast.refund(ReturnBehaviour.RETURNS_AT_ONCE), "step_failed", people::refundEnd);
            case ACTIVATION_IS_APPROVED -> cast.activated(KycBehaviour.APPROVES_LATER);
            case ACTIVATION_IS_REJECTED -> cast.activated(KycBehaviour.REJECTS);
            case ACTIVATION_IS_REFERRED -> cast.referred();
            case ACTIVATION_IS_UNDONE -> cast.activated(KycBehaviour.APPROVES_AT_ONCE);
        };
    }

    /** Who takes part in a journey. */
    private record Cast(People people, Consumer<String> mender) {

        Supplier<Answer> payment(BankBehaviour behaviour) {
            Payer payer = people.payer();
            return () -> people.pay(payer, "ACME GmbH", behaviour.iban());
        }

        Supplier<String> paid(BankBehaviour behaviour) {
            Supplier<Answer> payment = payment(behaviour);
            return () -> people.paymentEnd(payment.get());
        }

        Supplier<String> declined() {
            Payer payer = people.payer();
            return () ->
                    people.paymentEnd(people.pay(payer, "Blocked Person Ltd", BankBehaviour.SETTLES_AT_ONCE.iban()));
        }

        Supplier<String> reviewed(Consumer<Answer> decision) {
            Payer payer = people.payer();
            return () -> {
                Answer payment = people.payToNewcomer(payer, BankBehaviour.SETTLES_LATER.iban());
                decision.accept(payment);
                return people.paymentEnd(payment);
            };
        }

        void giveUpWithoutCase(Answer payment) {
            people.loseCase(payment);
            people.called(payment, "case_lost");
            people.interveneTogether(payment, Map.of("action", "compensate", "reason", "closed by mistake"));
        }

        Supplier<String> refunded(ReturnBehaviour behaviour) {
            Supplier<Answer> refund = refund(behaviour);
            return () -> people.refundEnd(refund.get());
        }

        Supplier<Answer> refund(ReturnBehaviour behaviour) {
            Answer payment = people.pay(people.payer(), "ACME GmbH", behaviour.iban());
            people.paymentEnd(payment);
            return () -> people.refund(payment, 4_00L, UUID.randomUUID().toString());
        }

        Supplier<String> activated(KycBehaviour behaviour) {
            Supplier<Answer> activation = people.activation(behaviour.customerName());
            return () -> people.activationEnd(activation.get());
        }

        Supplier<String> referred() {
            Supplier<Answer> activation = people.activation(KycBehaviour.REFERS.customerName());
            return () -> {
                Answer referred = activation.get();
                people.called(referred, "kyc_referred");
                people.intervene(
                        referred, Map.of("action", "resolve", "resolution", "approved", "reason", "passport seen"));
                return people.activationEnd(referred);
            };
        }

        Supplier<String> mended(Supplier<Answer> broken, String cause, Function<Answer, String> end) {
            return () -> {
                Answer subject = broken.get();
                mender.accept(people.called(subject, cause).path("workflow_id").asText());
                people.intervene(subject, Map.of("action", "retry", "reason", "mended"));
                return end.apply(subject);
            };
        }
    }
}
