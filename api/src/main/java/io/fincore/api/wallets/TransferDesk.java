package io.fincore.api.wallets;

import io.fincore.api.audit.RequestOrigin;
import io.fincore.api.database.GroupCommit;
import io.fincore.api.idempotency.Answer;
import io.fincore.api.idempotency.Answers;
import io.fincore.api.idempotency.IdempotentCall;
import io.fincore.api.idempotency.IdempotentRequests;
import io.fincore.api.problem.ProblemException;
import io.fincore.api.settings.FincoreProperties;
import io.fincore.audit.Origin;
import io.fincore.ledger.InsufficientFunds;
import io.fincore.ledger.OwnedTransfer;
import io.fincore.ledger.Transfer;
import io.fincore.ledger.TransferOutcome;
import io.fincore.ledger.Wallets;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Makes clients' transfers: those that come while others are being made are made together, in one transaction. What is not simply booked
 * then is asked for again alone, so that a refusal is told in one way only.
 */
@Component
final class TransferDesk {

    private static final int MOST = 100;

    private final IdempotentRequests requests;
    private final Answers answers;
    private final Wallets wallets;
    private final DistributionSummary sizes;
    private final Duration patience;
    private final GroupCommit<Order, Answer> desk;

    private record Order(IdempotentCall call, @Nullable String origin, TransferRequest body) {

        Transfer command(String operation) {
            return body.command("transfer/" + operation);
        }
    }

    TransferDesk(
            IdempotentRequests requests,
            Answers answers,
            Wallets wallets,
            MeterRegistry meters,
            FincoreProperties properties) {
        this.requests = requests;
        this.answers = answers;
        this.wallets = wallets;
        this.sizes = DistributionSummary.builder("fincore.transfers.together")
                .description("Transfers that were made in one transaction because they came at the same time")
                .register(meters);
        this.patience = properties.transfers().patience();
        this.desk = new GroupCommit<>(MOST, patience, this::alone, this::together);
        Gauge.builder("fincore.transfers.waiting", desk, GroupCommit::waiting)
                .description("Transfers that wait to be made together")
                .register(meters);
    }

    /** @throws ProblemException if the request asks for what cannot be; it leaves nothing behind then */
    Answer transfer(IdempotentCall call, TransferRequest body) {
        return desk.submit(
                new Order(call, RequestOrigin.current().map(Origin::toJson).orElse(null), body));
    }

    private Answer alone(Order order) {
        Wallets own = wallets.movingOnlyThoseOf(
                order.call().caller().tenant(), order.call().caller().principal());
        return requests.inOneTransaction(order.call(), operation -> {
            TransferOutcome outcome = own.transfer(order.command(operation));
            if (outcome instanceof TransferOutcome.Transferred booked) {
                return booked(order, booked);
            }
            ProblemException problem = TransferProblems.of("", outcome);
            if (outcome instanceof InsufficientFunds || outcome instanceof TransferOutcome.DestinationBalanceTooLarge) {
                return answers.problem(problem);
            }
            throw problem;
        });
    }

    private List<Optional<Answer>> together(List<Order> orders, Runnable beforeCommit) {
        sizes.record(orders.size());
        return requests.allInOneTransaction(
                orders,
                Order::call,
                patience,
                (won, operations) -> {
                    List<Optional<TransferOutcome>> outcomes = wallets.transferEach(IntStream.range(0, won.size())
                            .mapToObj(i -> owned(won.get(i), operations.get(i)))
                            .toList());
                    return IntStream.range(0, won.size())
                            .mapToObj(i -> outcomes.get(i)
                                    .filter(TransferOutcome.Transferred.class::isInstance)
                                    .map(booked -> booked(won.get(i), (TransferOutcome.Transferred) booked)))
                            .toList();
                },
                beforeCommit);
    }

    private static OwnedTransfer owned(Order order, String operation) {
        return new OwnedTransfer(
                order.call().caller().tenant(),
                order.call().caller().principal(),
                order.origin(),
                order.command(operation));
    }

    private Answer booked(Order order, TransferOutcome.Transferred booked) {
        return answers.json(HttpStatus.CREATED, null, TransferBody.of(order.body(), booked));
    }
}
