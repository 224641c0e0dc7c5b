package io.fincore.api.wallets;

import io.fincore.api.idempotency.Answer;
import io.fincore.api.idempotency.Answers;
import io.fincore.api.idempotency.IdempotentCall;
import io.fincore.api.idempotency.IdempotentRequests;
import io.fincore.api.problem.ProblemException;
import io.fincore.api.security.Caller;
import io.fincore.ledger.TransferOutcome;
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
        IdempotentCall call = requests.call(caller, "transfers.create", IdempotentCall.require(key), body);
        return requests.inOneTransaction(
                        call,
                        () -> requirePayable(caller, body),
                        operation -> transferred(body, "transfer/" + operation))
                .toResponse();
    }

    private void requirePayable(Caller caller, TransferRequest body) {
        requirePayable(caller, body.source(), body, TransferProblems.source(""));
        requirePayable(caller, body.destination(), body, TransferProblems.destination(""));
    }

    private void requirePayable(Caller caller, String walletId, TransferRequest body, String pointer) {
        try {
            own.requirePayable(caller, walletId, body.money());
        } catch (ProblemException problem) {
            throw WalletProblems.at(pointer, problem);
        }
    }

    private Answer transferred(TransferRequest body, String operationKey) {
        TransferOutcome outcome = wallets.transfer(body.command(operationKey));
        return outcome instanceof TransferOutcome.Transferred booked
                ? answers.json(HttpStatus.CREATED, null, TransferBody.of(body, booked))
                : answers.problem(TransferProblems.of("", outcome));
    }
}
