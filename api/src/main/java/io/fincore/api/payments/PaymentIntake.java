package io.fincore.api.payments;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fincore.api.idempotency.Answer;
import io.fincore.api.idempotency.Answers;
import io.fincore.api.idempotency.Claim;
import io.fincore.api.idempotency.IdempotencyKeys;
import io.fincore.api.idempotency.IdempotencyKeys.Lookup;
import io.fincore.api.idempotency.IdempotentCall;
import io.fincore.api.problem.ProblemException;
import io.fincore.api.problem.ProblemType;
import io.fincore.api.settings.FincoreProperties;
import io.fincore.api.wallets.OwnWallets;
import io.fincore.ledger.Wallet;
import io.fincore.money.IdType;
import io.fincore.workflows.payment.PaymentOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Takes orders: each key starts one payment and has one answer, whatever dies in between. */
@Component
class PaymentIntake {

    private static final Duration RETRY = Duration.ofSeconds(2);

    private final IdempotencyKeys keys;
    private final Answers answers;
    private final OwnWallets wallets;
    private final PaymentStarter starter;
    private final PaymentReader payments;
    private final PaymentWatch watch;
    private final ObjectMapper json;
    private final Duration deadline;

    PaymentIntake(
            IdempotencyKeys keys,
            Answers answers,
            OwnWallets wallets,
            PaymentStarter starter,
            PaymentReader payments,
            PaymentWatch watch,
            ObjectMapper json,
            FincoreProperties properties) {
        this.keys = keys;
        this.answers = answers;
        this.wallets = wallets;
        this.starter = starter;
        this.payments = payments;
        this.watch = watch;
        this.json = json;
        this.deadline = properties.payments().deadline();
    }

    Answer take(IdempotentCall call, PaymentRequest request, Prefer prefer, @Nullable String clientIp) {
        Optional<Lookup> seen = keys.find(call);
        if (seen.isPresent() && seen.get() instanceof Lookup.Answered answered) {
            return answered.answer();
        }
        // Under an abandoned claim the workflow may be running: what the wallet is like now is not asked again.
        String document = seen.isPresent() ? null : checked(call, request);
        return switch (keys.claim(call, IdType.PAYMENT.next(), document)) {
            case Claim.Answered answered -> answered.answer();
            case Claim.Won won -> carryOut(won, prefer, clientIp);
        };
    }

    private String checked(IdempotentCall call, PaymentRequest request) {
        Wallet source = wallets.requirePayable(call.caller(), request.source(), request.money());
        return write(PaymentDocument.of(request, source.customerId()));
    }

    private Answer carryOut(Claim.Won claim, Prefer prefer, @Nullable String clientIp) {
        try {
            if (prefer.waitTime() != null) {
                keys.extend(claim, prefer.waitTime());
            }
            StoredPayment payment = started(claim, prefer, clientIp);
            if (prefer.waitTime() != null) {
                payment = watch.untilTerminal(claim.call().caller(), payment, prefer.waitTime());
            }
            return keys.complete(
                    claim,
                    answers.json(HttpStatus.ACCEPTED, PaymentController.PATH + "/" + payment.id(), payment.body()));
        } catch (RuntimeException failed) {
            // The next attempt goes on with the same id, so there is nothing to wait for.
            releaseQuietly(claim, failed);
            throw failed;
        }
    }

    private StoredPayment started(Claim.Won claim, Prefer prefer, @Nullable String clientIp) {
        String paymentId = claim.resourceId();
        // A workflow past its retention would be started anew: the row outlives it.
        if (!(claim.isTakeover() && payments.isWritten(paymentId))) {
            PaymentDocument document = read(Objects.requireNonNull(claim.document()));
            PaymentOrder order = order(claim, document, clientIp);
            PaymentStarter.Outcome outcome = prefer.respondAsync()
                    ? starter.start(order, document.summary())
                    : starter.startAndAwait(order, document.summary());
            if (outcome == PaymentStarter.Outcome.UNCONFIRMED) {
                throw new ProblemException(
                        ProblemType.WORKFLOW_ENGINE_UNAVAILABLE,
                        "It could not be confirmed that the payment " + paymentId + " was started.",
                        RETRY);
            }
            if (outcome == PaymentStarter.Outcome.STARTED) {
                keys.markStarted(claim);
            }
        }
        return find(claim).orElseGet(() -> {
            keys.markStarted(claim);
            return find(claim).orElseThrow();
        });
    }

    private Optional<StoredPayment> find(Claim.Won claim) {
        return payments.find(claim.call().caller(), claim.resourceId());
    }

    private PaymentOrder order(Claim.Won claim, PaymentDocument document, @Nullable String clientIp) {
        Instant now = Instant.now();
        return new PaymentOrder(
                claim.resourceId(),
                claim.call().caller().tenant(),
                claim.call().caller().principal(),
                document.customerId(),
                document.source(),
                document.money(),
                document.creditor(),
                document.reference(),
                document.metadata(),
                clientIp,
                claim.correlationId(),
                now,
                now.plus(deadline));
    }

    private void releaseQuietly(Claim.Won claim, RuntimeException failed) {
        try {
            keys.release(claim);
        } catch (RuntimeException alsoFailed) {
            failed.addSuppressed(alsoFailed);
        }
    }

    private String write(PaymentDocument document) {
        try {
            return json.writeValueAsString(document);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private PaymentDocument read(String document) {
        try {
            return json.readValue(document, PaymentDocument.class);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("a claim's document cannot be read", broken);
        }
    }
}
