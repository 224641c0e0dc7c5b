package io.fincore.api.wallets;

import io.fincore.api.idempotency.Answer;
import io.fincore.api.idempotency.Answers;
import io.fincore.api.idempotency.IdempotentCall;
import io.fincore.api.idempotency.IdempotentRequests;
import io.fincore.api.security.Caller;
import io.fincore.ledger.CurrencyMismatch;
import io.fincore.ledger.Deposit;
import io.fincore.ledger.DepositOutcome;
import io.fincore.ledger.InsufficientFunds;
import io.fincore.ledger.OperationKeyReused;
import io.fincore.ledger.WalletNotActive;
import io.fincore.ledger.WalletUnknown;
import io.fincore.ledger.Wallets;
import io.fincore.ledger.Withdrawal;
import io.fincore.ledger.WithdrawalOutcome;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Money that comes into a wallet from outside the platform, and money that leaves it. */
@Tag(name = "Wallets")
@RestController
@RequestMapping(path = WalletController.PATH + "/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
class MovementController {

    private final IdempotentRequests requests;
    private final Answers answers;
    private final Wallets wallets;

    MovementController(IdempotentRequests requests, Answers answers, Wallets wallets) {
        this.requests = requests;
        this.answers = answers;
        this.wallets = wallets;
    }

    /** Books a movement under an operation key. */
    private interface Booking {
        Answer book(Wallets own, String walletId, MovementRequest body, String operationKey);
    }

    @Operation(summary = "Credit a wallet with money that came in")
    @ApiResponse(
            responseCode = "201",
            description = "Booked",
            content = @Content(schema = @Schema(implementation = MovementBody.class)))
    @PostMapping(path = "/deposits", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> deposit(
            Caller caller,
            @PathVariable String id,
            @RequestHeader(name = "Idempotency-Key") String key,
            @Valid @RequestBody MovementRequest body) {
        return once("deposit", caller, id, key, body, this::deposited);
    }

    @Operation(summary = "Debit a wallet with money that goes out")
    @ApiResponse(
            responseCode = "201",
            description = "Booked",
            content = @Content(schema = @Schema(implementation = MovementBody.class)))
    @PostMapping(path = "/withdrawals", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> withdraw(
            Caller caller,
            @PathVariable String id,
            @RequestHeader(name = "Idempotency-Key") String key,
            @Valid @RequestBody MovementRequest body) {
        return once("withdraw", caller, id, key, body, this::withdrawn);
    }

    private ResponseEntity<byte[]> once(
            String movement, Caller caller, String id, String key, MovementRequest body, Booking booking) {
        IdempotentCall call = requests.call(caller, "wallets." + movement, key, body);
        Wallets own = wallets.movingOnlyThoseOf(caller.tenant(), caller.principal());
        return requests.inOneTransaction(call, operation -> booking.book(own, id, body, movement + "/" + operation))
                .toResponse();
    }

    private Answer deposited(Wallets own, String walletId, MovementRequest body, String operationKey) {
        Deposit command = new Deposit(operationKey, walletId, body.money(), body.reference(), body.givenMetadata());
        return switch (own.deposit(command)) {
            case DepositOutcome.Deposited booked ->
                booked(MovementBody.of(
                        "deposit",
                        walletId,
                        body,
                        booked.transactionId(),
                        booked.balanceBefore(),
                        booked.balanceAfter(),
                        booked.bookedAt()));
            case DepositOutcome.BalanceTooLarge full -> answers.problem(WalletProblems.balanceTooLarge(full.balance()));
            case WalletUnknown unknown -> throw WalletProblems.notFound();
            case WalletNotActive inactive -> throw WalletProblems.notActive(inactive.status());
            case CurrencyMismatch other -> throw WalletProblems.currencyMismatch(other.walletCurrency());
            case OperationKeyReused reused -> throw WalletProblems.keyReused();
        };
    }

    private Answer withdrawn(Wallets own, String walletId, MovementRequest body, String operationKey) {
        Withdrawal command =
                new Withdrawal(operationKey, walletId, body.money(), body.reference(), body.givenMetadata());
        return switch (own.withdraw(command)) {
            case WithdrawalOutcome.Withdrawn booked ->
                booked(MovementBody.of(
                        "withdrawal",
                        walletId,
                        body,
                        booked.transactionId(),
                        booked.balanceBefore(),
                        booked.balanceAfter(),
                        booked.bookedAt()));
            case InsufficientFunds poor ->
                answers.problem(WalletProblems.insufficientFunds("/amount", poor.available()));
            case WalletUnknown unknown -> throw WalletProblems.notFound();
            case WalletNotActive inactive -> throw WalletProblems.notActive(inactive.status());
            case CurrencyMismatch other -> throw WalletProblems.currencyMismatch(other.walletCurrency());
            case OperationKeyReused reused -> throw WalletProblems.keyReused();
        };
    }

    private Answer booked(MovementBody body) {
        return answers.json(HttpStatus.CREATED, null, body);
    }
}
