package io.fincore.api.wallets;

import io.fincore.api.idempotency.Answer;
import io.fincore.api.idempotency.Answers;
import io.fincore.api.idempotency.IdempotentCall;
import io.fincore.api.idempotency.IdempotentRequests;
import io.fincore.api.problem.ProblemException;
import io.fincore.api.security.Caller;
import io.fincore.ledger.CurrencyMismatch;
import io.fincore.ledger.InsufficientFunds;
import io.fincore.ledger.OperationKeyReused;
import io.fincore.ledger.TransferOutcome;
import io.fincore.ledger.WalletNotActive;
import io.fincore.ledger.WalletUnknown;
import io.fincore.ledger.Wallets;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Transfers")
@RestController
class TransferController {

    private static final String SOURCE = "/source";
    private static final String DESTINATION = "/destination";

    private final IdempotentRequests requests;
    private final Answers answers;
    private final OwnWallets own;
    private final Wallets wallets;

    TransferController(IdempotentRequests requests, Answers answers, OwnWallets own, Wallets wallets) {
        this.requests = requests;
        this.answers = answers;
        this.own = own;
        this.wallets = wallets;
    }

    @Operation(summary = "Move money from one wallet to another")
    @ApiResponse(
            responseCode = "201",
            description = "Booked",
            content = @Content(schema = @Schema(implementation = TransferBody.class)))
    @PostMapping(
            path = "/v1/transfers",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> create(
            Caller caller,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @Valid @RequestBody TransferRequest body) {
        body.requireTwoWallets();
        IdempotentCall call = requests.call(caller, "transfers.create", IdempotentCall.require(key), body);
        return requests.inOneTransaction(
                        call,
                        () -> requirePayable(caller, body),
                        operation -> transferred(body, "transfer/" + operation))
                .toResponse();
    }

    private void requirePayable(Caller caller, TransferRequest body) {
        requirePayable(caller, body.source(), body, SOURCE);
        requirePayable(caller, body.destination(), body, DESTINATION);
    }

    private void requirePayable(Caller caller, String walletId, TransferRequest body, String pointer) {
        try {
            own.requirePayable(caller, walletId, body.money());
        } catch (ProblemException problem) {
            throw WalletProblems.at(pointer, problem);
        }
    }

    private Answer transferred(TransferRequest body, String operationKey) {
        return switch (wallets.transfer(body.command(operationKey))) {
            case TransferOutcome.Transferred booked ->
                answers.json(HttpStatus.CREATED, null, TransferBody.of(body, booked));
            case InsufficientFunds poor -> answers.problem(WalletProblems.insufficientFunds(poor.available()));
            case TransferOutcome.DestinationBalanceTooLarge full ->
                problem(DESTINATION, WalletProblems.balanceTooLarge(full.balance()));
            case WalletUnknown unknown -> problem(SOURCE, WalletProblems.notFound());
            case TransferOutcome.DestinationUnknown unknown -> problem(DESTINATION, WalletProblems.notFound());
            case WalletNotActive inactive -> problem(SOURCE, WalletProblems.notActive(inactive.status()));
            case TransferOutcome.DestinationNotActive inactive ->
                problem(DESTINATION, WalletProblems.notActive(inactive.status()));
            case CurrencyMismatch other -> problem(SOURCE, WalletProblems.currencyMismatch(other.walletCurrency()));
            case TransferOutcome.DestinationCurrencyMismatch other ->
                problem(DESTINATION, WalletProblems.currencyMismatch(other.walletCurrency()));
            case OperationKeyReused reused -> throw WalletProblems.keyReused(operationKey);
        };
    }

    private Answer problem(String pointer, ProblemException problem) {
        return answers.problem(WalletProblems.at(pointer, problem));
    }
}
