package io.fincore.api.wallets;

import io.fincore.api.idempotency.Answer;
import io.fincore.api.idempotency.Answers;
import io.fincore.api.idempotency.IdempotentCall;
import io.fincore.api.idempotency.IdempotentRequests;
import io.fincore.api.problem.ProblemException;
import io.fincore.api.security.Caller;
import io.fincore.ledger.InsufficientFunds;
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
    private final Wallets wallets;

    TransferController(IdempotentRequests requests, Answers answers, Wallets wallets) {
        this.requests = requests;
        this.answers = answers;
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
        Wallets own = wallets.movingOnlyThoseOf(caller.tenant(), caller.principal());
        return requests.inOneTransaction(call, operation -> transferred(own, body, "transfer/" + operation))
                .toResponse();
    }

    private Answer transferred(Wallets own, TransferRequest body, String operationKey) {
        TransferOutcome outcome = own.transfer(body.command(operationKey));
        if (outcome instanceof TransferOutcome.Transferred booked) {
            return answers.json(HttpStatus.CREATED, null, TransferBody.of(body, booked));
        }
        ProblemException problem = TransferProblems.of("", outcome);
        if (outcome instanceof InsufficientFunds || outcome instanceof TransferOutcome.DestinationBalanceTooLarge) {
            return answers.problem(problem);
        }
        // The request asks for what cannot be: like one that is not valid it leaves nothing behind.
        throw problem;
    }
}
