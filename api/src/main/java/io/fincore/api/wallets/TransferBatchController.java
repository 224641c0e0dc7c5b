package io.fincore.api.wallets;

import io.fincore.api.idempotency.Answer;
import io.fincore.api.idempotency.Answers;
import io.fincore.api.idempotency.IdempotentCall;
import io.fincore.api.idempotency.IdempotentRequests;
import io.fincore.api.security.Caller;
import io.fincore.ledger.OperationKeyReused;
import io.fincore.ledger.TransferBatch;
import io.fincore.ledger.TransferBatchOutcome;
import io.fincore.ledger.TransferOutcome;
import io.fincore.ledger.Wallets;
import io.fincore.money.IdType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.util.ArrayList;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Transfers")
@RestController
class TransferBatchController {

    private final IdempotentRequests requests;
    private final Answers answers;
    private final Wallets wallets;

    TransferBatchController(IdempotentRequests requests, Answers answers, Wallets wallets) {
        this.requests = requests;
        this.answers = answers;
        this.wallets = wallets;
    }

    @Operation(
            summary = "Make up to 1,000 transfers at once",
            description =
                    "`atomic`: all or none, and a refusal is that of the first transfer that cannot be. `each`: every transfer"
                            + " for itself, with a result for each.")
    @ApiResponse(
            responseCode = "201",
            description = "Booked, but for what is refused one by one",
            content = @Content(schema = @Schema(implementation = TransferBatchBody.class)))
    @PostMapping(
            path = "/v1/transfers/batch",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> create(
            Caller caller,
            @RequestHeader(name = "Idempotency-Key") String key,
            @Valid @RequestBody TransferBatchRequest body) {
        IdempotentCall call = requests.call(caller, "transfers.batch", key, body);
        Wallets own = wallets.movingOnlyThoseOf(caller.tenant(), caller.principal());
        return requests.inOneTransaction(call, operation -> transferred(own, body, operation))
                .toResponse();
    }

    private Answer transferred(Wallets own, TransferBatchRequest body, String operation) {
        TransferBatch batch = new TransferBatch(
                "batch/" + operation,
                switch (body.mode()) {
                    case ATOMIC -> TransferBatch.Mode.ATOMIC;
                    case EACH -> TransferBatch.Mode.EACH;
                },
                body.transfers().stream().map(TransferRequest::row).toList());
        return switch (own.transfer(batch)) {
            case TransferBatchOutcome.Done done ->
                done(IdType.REQUEST.sibling(operation, IdType.BATCH), body, done.rows());
            case TransferBatchOutcome.Refused refused ->
                throw TransferProblems.of(pointer(refused.row()), refused.why());
            case OperationKeyReused reused -> throw WalletProblems.keyReused();
        };
    }

    private Answer done(String id, TransferBatchRequest body, List<TransferOutcome> outcomes) {
        List<TransferBatchBody.TransferResult> results = new ArrayList<>();
        for (int i = 0; i < outcomes.size(); i++) {
            results.add(
                    outcomes.get(i) instanceof TransferOutcome.Transferred booked
                            ? new TransferBatchBody.TransferResult(
                                    TransferBody.of(body.transfers().get(i), booked), null)
                            : new TransferBatchBody.TransferResult(
                                    null,
                                    TransferBatchBody.TransferRefusal.of(
                                            TransferProblems.of(pointer(i), outcomes.get(i)))));
        }
        return answers.json(HttpStatus.CREATED, null, TransferBatchBody.of(id, body, results));
    }

    private static String pointer(int row) {
        return "/transfers/" + row;
    }
}
