package io.fincore.api.wallets;

import io.fincore.api.lists.Cursor;
import io.fincore.api.lists.ListBody;
import io.fincore.api.lists.MetadataFilter;
import io.fincore.api.problem.ProblemException;
import io.fincore.api.request.EntityTags;
import io.fincore.api.security.Caller;
import io.fincore.ledger.History;
import io.fincore.ledger.Wallet;
import io.fincore.money.IdType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.enums.Explode;
import io.swagger.v3.oas.annotations.enums.ParameterIn;
import io.swagger.v3.oas.annotations.enums.ParameterStyle;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The past of a wallet. */
@Tag(name = "Wallets")
@RestController
@RequestMapping(WalletController.PATH + "/{id}")
class HistoryController {

    private final OwnWallets own;
    private final History history;

    HistoryController(OwnWallets own, History history) {
        this.own = own;
        this.history = history;
    }

    @Operation(
            summary = "List a wallet's transactions, newest first",
            parameters =
                    @Parameter(
                            in = ParameterIn.QUERY,
                            name = "metadata",
                            description = "`metadata[key]=value`: only transactions whose metadata has all these pairs",
                            style = ParameterStyle.DEEPOBJECT,
                            explode = Explode.TRUE,
                            schema = @Schema(type = "object", additionalPropertiesSchema = String.class)))
    @GetMapping(path = "/transactions", produces = MediaType.APPLICATION_JSON_VALUE)
    ListBody<TransactionBody> transactions(
            Caller caller,
            @PathVariable String id,
            @RequestParam(name = "limit", defaultValue = "10") int limit,
            @RequestParam(name = "starting_after", required = false) @Nullable String startingAfter,
            @RequestParam(name = "ending_before", required = false) @Nullable String endingBefore,
            @RequestParam(name = "created[gte]", required = false) @Nullable Instant createdGte,
            @RequestParam(name = "created[lt]", required = false) @Nullable Instant createdLt,
            @RequestParam(name = "type", required = false) @Nullable String type,
            @RequestParam(name = "amount[gte]", required = false) @Nullable Long amountGte,
            @RequestParam(name = "amount[lte]", required = false) @Nullable Long amountLte,
            @RequestParam(name = "counterpart", required = false) @Nullable String counterpart,
            @Parameter(hidden = true) MetadataFilter metadata) {
        Cursor cursor = new Cursor(IdType.TRANSACTION, limit, startingAfter, endingBefore);
        TransactionFilter filter =
                new TransactionFilter(type, counterpart, createdGte, createdLt, amountGte, amountLte, metadata);
        Wallet wallet = own.require(caller, id);
        requireOf(wallet, "starting_after", startingAfter);
        requireOf(wallet, "ending_before", endingBefore);
        return cursor.page(
                history.movements(filter.query(wallet.id(), cursor)).stream()
                        .map(TransactionBody::of)
                        .toList(),
                WalletController.PATH + "/" + wallet.id() + "/transactions");
    }

    @Operation(
            summary =
                    "What a wallet held at the beginning and the end of a period that is over, and what happened between")
    @ApiResponse(
            responseCode = "200",
            description = "From the first instant of the period to the first one after it",
            content = {
                @Content(
                        mediaType = MediaType.APPLICATION_JSON_VALUE,
                        schema = @Schema(implementation = StatementBody.class)),
                @Content(mediaType = StatementCsv.TEXT_CSV, schema = @Schema(type = "string")),
                @Content(
                        mediaType = MediaType.APPLICATION_XML_VALUE,
                        schema = @Schema(type = "string", description = "ISO 20022 camt.053.001.08"))
            })
    @GetMapping(
            path = "/statement",
            produces = {MediaType.APPLICATION_JSON_VALUE, StatementCsv.TEXT_CSV, MediaType.APPLICATION_XML_VALUE})
    StatementBody statement(
            Caller caller,
            @PathVariable String id,
            @RequestParam(name = "from") Instant from,
            @RequestParam(name = "to") Instant to,
            HttpServletRequest request) {
        Wallet wallet = own.require(caller, id);
        if (to.isBefore(from)) {
            throw ProblemException.parameter("to", "is not before 'from'");
        }
        EntityTags.giveNone(request);
        return history.statement(wallet.id(), from, to)
                .map(statement -> StatementBody.of(statement, history))
                .orElseThrow(() -> ProblemException.parameter("to", "has not come yet"));
    }

    /** After a transaction that the wallet does not have comes nothing: that would look like the end of the list. */
    private void requireOf(Wallet wallet, String parameter, @Nullable String transactionId) {
        if (transactionId != null && !history.has(wallet.id(), transactionId)) {
            throw ProblemException.parameter(parameter, "is the id of a transaction of the wallet");
        }
    }
}
