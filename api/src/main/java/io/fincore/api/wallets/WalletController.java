package io.fincore.api.wallets;

import io.fincore.api.customers.OwnCustomers;
import io.fincore.api.idempotency.Answer;
import io.fincore.api.idempotency.Answers;
import io.fincore.api.idempotency.IdempotentRequests;
import io.fincore.api.lists.Cursor;
import io.fincore.api.lists.ListBody;
import io.fincore.api.problem.ProblemException;
import io.fincore.api.security.Caller;
import io.fincore.ledger.OpenOutcome;
import io.fincore.ledger.OpenWallet;
import io.fincore.ledger.Wallet;
import io.fincore.ledger.Wallets;
import io.fincore.money.Currency;
import io.fincore.money.IdType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Wallets")
@RestController
@RequestMapping(path = WalletController.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
class WalletController {

    static final String PATH = "/v1/wallets";

    private final IdempotentRequests requests;
    private final Answers answers;
    private final Wallets wallets;
    private final OwnWallets own;
    private final OwnCustomers customers;

    WalletController(
            IdempotentRequests requests, Answers answers, Wallets wallets, OwnWallets own, OwnCustomers customers) {
        this.requests = requests;
        this.answers = answers;
        this.wallets = wallets;
        this.own = own;
        this.customers = customers;
    }

    @Operation(summary = "Open a wallet, or get the one that is open already")
    @ApiResponse(
            responseCode = "201",
            description = "Opened",
            content = @Content(schema = @Schema(implementation = WalletBody.class)))
    @ApiResponse(
            responseCode = "200",
            description = "The customer has a wallet in this currency already",
            content = @Content(schema = @Schema(implementation = WalletBody.class)))
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> open(
            Caller caller,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @Valid @RequestBody WalletRequest body) {
        return requests.inOneTransaction(
                        key == null ? null : requests.call(caller, "wallets.open", key, body), id -> open(caller, body))
                .toResponse();
    }

    private Answer open(Caller caller, WalletRequest body) {
        customers.requirePresent(caller, body.customer());
        OpenOutcome outcome = wallets.open(new OpenWallet(
                caller.tenant(),
                caller.principal(),
                body.customer(),
                new Currency(body.currency()),
                Objects.requireNonNullElse(body.metadata(), Map.of())));
        return switch (outcome) {
            case OpenOutcome.Opened opened -> answer(HttpStatus.CREATED, opened.wallet());
            case OpenOutcome.AlreadyOpen before -> answer(HttpStatus.OK, before.wallet());
        };
    }

    private Answer answer(HttpStatus status, Wallet wallet) {
        return answers.json(status, PATH + "/" + wallet.id(), WalletBody.of(wallet));
    }

    @Operation(summary = "Read a wallet")
    @GetMapping("/{id}")
    WalletBody read(Caller caller, @PathVariable String id) {
        return WalletBody.of(own.require(caller, id));
    }

    @Operation(summary = "List a customer's wallets, newest first")
    @GetMapping
    ListBody<WalletBody> list(
            Caller caller,
            @RequestParam(name = "customer") String customer,
            @RequestParam(name = "limit", defaultValue = "10") int limit,
            @RequestParam(name = "starting_after", required = false) @Nullable String startingAfter,
            @RequestParam(name = "ending_before", required = false) @Nullable String endingBefore) {
        Cursor cursor = new Cursor(IdType.WALLET, limit, startingAfter, endingBefore);
        customers.require(caller, customer);
        Comparator<Wallet> byId = Comparator.comparing(Wallet::id);
        // A customer has at most as many wallets as there are currencies: cutting the page here is enough.
        List<WalletBody> rows = wallets.ofCustomer(customer).stream()
                .filter(wallet -> OwnWallets.isOwn(caller, wallet))
                .filter(wallet -> startingAfter == null || wallet.id().compareTo(startingAfter) < 0)
                .filter(wallet -> endingBefore == null || wallet.id().compareTo(endingBefore) > 0)
                .sorted(cursor.ascending() ? byId : byId.reversed())
                .limit(cursor.fetch())
                .map(WalletBody::of)
                .toList();
        return cursor.page(rows, PATH);
    }

    @Operation(summary = "What a wallet holds and what is reserved of it, now or at an instant that has passed")
    @GetMapping("/{id}/balance")
    BalanceBody balance(
            Caller caller, @PathVariable String id, @RequestParam(name = "at", required = false) @Nullable Instant at) {
        Wallet wallet = own.require(caller, id);
        return at == null
                ? wallets.balance(wallet.id())
                        .map(balance -> BalanceBody.of(wallet.id(), balance))
                        .orElseThrow(WalletProblems::notFound)
                : wallets.balanceAt(wallet.id(), at)
                        .map(past -> BalanceBody.of(wallet.id(), past))
                        .orElseThrow(() -> ProblemException.parameter("at", "has not come yet"));
    }
}
