package io.fincore.api.wallets;

import io.fincore.api.idempotency.Answer;
import io.fincore.api.idempotency.Answers;
import io.fincore.api.idempotency.IdempotentRequests;
import io.fincore.api.request.EntityTags;
import io.fincore.api.security.Caller;
import io.fincore.ledger.ChangeStatus;
import io.fincore.ledger.StatusOutcome;
import io.fincore.ledger.WalletStatus;
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
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The life of a wallet, as its owner rules it; whoever asks for what is so already gets the wallet as it is. */
@Tag(name = "Wallets")
@RestController
@RequestMapping(
        path = WalletController.PATH + "/{id}",
        consumes = MediaType.APPLICATION_JSON_VALUE,
        produces = MediaType.APPLICATION_JSON_VALUE)
class StatusController {

    private final IdempotentRequests requests;
    private final Answers answers;
    private final OwnWallets own;
    private final Wallets wallets;
    private final EntityTags tags;

    StatusController(IdempotentRequests requests, Answers answers, OwnWallets own, Wallets wallets, EntityTags tags) {
        this.requests = requests;
        this.answers = answers;
        this.own = own;
        this.wallets = wallets;
        this.tags = tags;
    }

    @Operation(summary = "Bar a wallet from new movements until it is unfrozen")
    @ApiResponse(
            responseCode = "200",
            description = "Frozen",
            content = @Content(schema = @Schema(implementation = WalletBody.class)))
    @PostMapping("/freeze")
    ResponseEntity<byte[]> freeze(
            Caller caller,
            @PathVariable String id,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @Valid @RequestBody StatusRequest body) {
        return change("wallets.freeze", WalletStatus.FROZEN, caller, id, key, ifMatch, body);
    }

    @Operation(summary = "Let a frozen wallet take part in movements again")
    @ApiResponse(
            responseCode = "200",
            description = "Active",
            content = @Content(schema = @Schema(implementation = WalletBody.class)))
    @PostMapping("/unfreeze")
    ResponseEntity<byte[]> unfreeze(
            Caller caller,
            @PathVariable String id,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @Valid @RequestBody StatusRequest body) {
        return change("wallets.unfreeze", WalletStatus.ACTIVE, caller, id, key, ifMatch, body);
    }

    @Operation(summary = "Close an empty wallet for ever")
    @ApiResponse(
            responseCode = "200",
            description = "Closed",
            content = @Content(schema = @Schema(implementation = WalletBody.class)))
    @PostMapping("/close")
    ResponseEntity<byte[]> close(
            Caller caller,
            @PathVariable String id,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @Valid @RequestBody StatusRequest body) {
        return change("wallets.close", WalletStatus.CLOSED, caller, id, key, ifMatch, body);
    }

    private ResponseEntity<byte[]> change(
            String operation,
            WalletStatus status,
            Caller caller,
            String id,
            @Nullable String key,
            @Nullable String ifMatch,
            StatusRequest body) {
        return requests.inOneTransaction(
                        key == null ? null : requests.call(caller, operation, key, body),
                        made -> changed(
                                caller,
                                ifMatch,
                                new ChangeStatus(
                                        own.require(caller, id).id(), status, caller.principal(), body.reason())))
                .toResponse();
    }

    private Answer changed(Caller caller, @Nullable String ifMatch, ChangeStatus command) {
        StatusOutcome outcome = wallets.change(command);
        // Locked by the change until the transaction ends: who sets a condition sees it tried on the very state that is
        // changed.
        WalletBody wallet = WalletBody.of(own.require(caller, command.walletId()));
        WalletBody before = outcome instanceof StatusOutcome.Changed done ? wallet.withStatus(done.before()) : wallet;
        EntityTags.require(ifMatch, tags.of(before));
        return switch (outcome) {
            case StatusOutcome.Changed done -> answers.json(HttpStatus.OK, null, wallet);
            case StatusOutcome.Refused refused -> answers.problem(WalletProblems.notActive(refused.status()));
            case StatusOutcome.NotEmpty rich -> answers.problem(WalletProblems.notEmpty(rich.balance()));
            case WalletUnknown unknown -> answers.problem(WalletProblems.notFound());
        };
    }
}
