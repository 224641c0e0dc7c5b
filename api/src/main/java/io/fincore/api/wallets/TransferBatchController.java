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
import io.fincore.ledger.WalletUnknown;
import io.fincore.ledger.Wallets;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
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
class TransferBatchController {

    private final IdempotentRequests requests;
    private final Answers answers;
    private final OwnWallets own;
    private final Wallets wallets;

    TransferBatchController(IdempotentRequests requests, Answers answers, OwnWallets own, Wallets wallets) {
        this.requests = requests;
        this.answers = answers;
        this.own = own;
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
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @Valid @RequestBody TransferBatchRequest body) {
        IdempotentCall call = requests.call(caller, "transfers.batch", IdempotentCall.require(key), body);
        return requests.inOneTransaction(call, () -> {}, operation -> transferred(caller, body, "batch/" + operation))
                .toResponse();
    }

    private Answer transferred(Caller caller, TransferBatchRequest body, String operationKey) {
        List<Optional<TransferOutcome>> foreign = foreign(caller, body.transfers());
        if (body.mode() == TransferBatchRequest.Mode.EACH) {
            return done(body, each(body.transfers(), foreign, operationKey));
        }
        for (int i = 0; i < foreign.size(); i++) {
            if (foreign.get(i).isPresent()) {
                return answers.problem(
                        TransferProblems.of(pointer(i), foreign.get(i).get()));
            }
        }
        return switch (booked(operationKey, TransferBatch.Mode.ATOMIC, body.transfers())) {
            case TransferBatchOutcome.Done done -> done(body, done.rows());
            case TransferBatchOutcome.Refused refused ->
                answers.problem(TransferProblems.of(pointer(refused.row()), refused.why()));
            case OperationKeyReused reused -> throw WalletProblems.keyReused();
        };
    }

    /** The refusals of transfers between wallets that are not the caller's: the ledger does not ask whose they are. */
    private List<Optional<TransferOutcome>> foreign(Caller caller, List<TransferRequest> transfers) {
        Set<String> known =
                own.among(caller, transfers.stream().flatMap(each -> Stream.of(each.source(), each.destination())));
        return transfers.stream()
                .map(each -> !known.contains(each.source())
                        ? Optional.<TransferOutcome>of(new WalletUnknown())
                        : !known.contains(each.destination())
                                ? Optional.<TransferOutcome>of(new TransferOutcome.DestinationUnknown())
                                : Optional.<TransferOutcome>empty())
                .toList();
    }

    private List<TransferOutcome> each(
            List<TransferRequest> transfers, List<Optional<TransferOutcome>> foreign, String operationKey) {
        List<TransferRequest> bookable = new ArrayList<>();
        for (int i = 0; i < foreign.size(); i++) {
            if (foreign.get(i).isEmpty()) {
                bookable.add(transfers.get(i));
            }
        }
        Iterator<TransferOutcome> outcomes = bookable.isEmpty()
                ? List.<TransferOutcome>of().iterator()
                : switch (booked(operationKey, TransferBatch.Mode.EACH, bookable)) {
                    case TransferBatchOutcome.Done done -> done.rows().iterator();
                    case TransferBatchOutcome.Refused refused -> throw new IllegalStateException("refused as a whole");
                    case OperationKeyReused reused -> throw WalletProblems.keyReused();
                };
        return foreign.stream()
                .map(refusal -> refusal.orElseGet(outcomes::next))
                .toList();
    }

    private TransferBatchOutcome booked(String operationKey, TransferBatch.Mode mode, List<TransferRequest> transfers) {
        return wallets.transfer(new TransferBatch(
                operationKey, mode, transfers.stream().map(TransferRequest::row).toList()));
    }

    private Answer done(TransferBatchRequest body, List<TransferOutcome> outcomes) {
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
        return answers.json(HttpStatus.CREATED, null, TransferBatchBody.of(body, results));
    }

    private static String pointer(int row) {
        return "/transfers/" + row;
    }
}
