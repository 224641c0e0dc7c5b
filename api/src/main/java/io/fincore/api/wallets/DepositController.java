package io.fincore.api.wallets;

import io.fincore.api.idempotency.Answer;
import io.fincore.api.idempotency.Answers;
import io.fincore.api.idempotency.IdempotentCall;
import io.fincore.api.idempotency.IdempotentRequests;
import io.fincore.api.lists.MoneyBody;
import io.fincore.api.problem.ProblemException;
import io.fincore.api.problem.ProblemType;
import io.fincore.api.security.Caller;
import io.fincore.ledger.CurrencyMismatch;
import io.fincore.ledger.Deposit;
import io.fincore.ledger.DepositOutcome;
import io.fincore.ledger.OperationKeyReused;
import io.fincore.ledger.WalletNotActive;
import io.fincore.ledger.WalletUnknown;
import io.fincore.ledger.Wallets;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Wallets")
@RestController
class DepositController {

    private final IdempotentRequests requests;
    private final Answers answers;
    private final OwnWallets own;
    private final Wallets wallets;

    DepositController(IdempotentRequests requests, Answers answers, OwnWallets own, Wallets wallets) {
        this.requests = requests;
        this.answers = answers;
        this.own = own;
        this.wallets = wallets;
    }

    @Operation(summary = "Credit a wallet with money that came in")
    @ApiResponse(
            responseCode = "201",
            description = "Booked",
            content = @Content(schema = @Schema(implementation = DepositBody.class)))
    @PostMapping(
            path = WalletController.PATH + "/{id}/deposits",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> deposit(
            Caller caller,
            @PathVariable String id,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @Valid @RequestBody DepositRequest body) {
        IdempotentCall call = requests.call(caller, "wallets.deposit", IdempotentCall.require(key), body);
        return requests.inOneTransaction(
                        call,
                        () -> own.requirePayable(caller, id, body.money()),
                        operation -> deposit(id, body, "deposit/" + operation))
                .toResponse();
    }

    private Answer deposit(String walletId, DepositRequest body, String operationKey) {
        return switch (wallets.deposit(new Deposit(operationKey, walletId, body.money(), body.reference()))) {
            case DepositOutcome.Deposited booked ->
                answers.json(
                        HttpStatus.CREATED,
                        null,
                        new DepositBody(
                                booked.transactionId(),
                                "deposit",
                                booked.transactionId(),
                                walletId,
                                body.amount(),
                                body.currency(),
                                body.reference(),
                                MoneyBody.of(booked.balanceBefore()),
                                MoneyBody.of(booked.balanceAfter()),
                                Objects.requireNonNullElse(body.metadata(), Map.of()),
                                booked.bookedAt()));
            case DepositOutcome.BalanceTooLarge full ->
                answers.problem(new ProblemException(
                        ProblemType.BALANCE_TOO_LARGE, "The wallet holds " + full.balance() + "."));
            case WalletUnknown unknown -> answers.problem(OwnWallets.notFound());
            case WalletNotActive inactive -> answers.problem(OwnWallets.notActive(inactive.status()));
            case CurrencyMismatch other -> answers.problem(OwnWallets.currencyMismatch(other.walletCurrency()));
            case OperationKeyReused reused ->
                throw new IllegalStateException("operation key " + operationKey + " was made for this claim alone");
        };
    }
}
