package io.fincore.api.bookchecks;

import io.fincore.api.idempotency.IdempotentCall;
import io.fincore.api.idempotency.IdempotentRequests;
import io.fincore.api.lists.Cursor;
import io.fincore.api.lists.ListBody;
import io.fincore.api.orders.OrderIntake;
import io.fincore.api.orders.Prefer;
import io.fincore.api.problem.ProblemException;
import io.fincore.api.problem.ProblemType;
import io.fincore.api.security.Caller;
import io.fincore.money.IdType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.util.List;
import org.jspecify.annotations.Nullable;
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

@Tag(name = "Book checks")
@RestController
@RequestMapping(path = BookCheckController.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
class BookCheckController {

    static final String PATH = "/v1/admin/book-checks";

    private final IdempotentRequests requests;
    private final OrderIntake intake;
    private final BookCheckOrders orders;
    private final BookCheckReader checks;

    BookCheckController(
            IdempotentRequests requests, OrderIntake intake, BookCheckOrders orders, BookCheckReader checks) {
        this.requests = requests;
        this.intake = intake;
        this.orders = orders;
        this.checks = checks;
    }

    @Operation(
            summary = "Check the whole book now",
            description = "Every invariant of ledger, payments and refunds, and the chain of the audit log.")
    @ApiResponse(
            responseCode = "202",
            description = "Durable; `status` tells how far it is",
            content = @Content(schema = @Schema(implementation = BookCheckBody.class)))
    @PostMapping
    ResponseEntity<byte[]> create(
            Caller caller,
            @RequestHeader(name = "Idempotency-Key") String key,
            @RequestHeader(name = "Prefer", required = false) @Nullable List<String> preferences,
            @Valid @RequestBody(required = false) @Nullable BookCheckRequest body) {
        Prefer prefer = Prefer.of(preferences);
        IdempotentCall call = requests.call(caller, "book-checks.create", key, body);
        // There are no first steps to be waited for: a check has one, which may take long.
        return prefer.toResponse(intake.take(
                orders,
                call,
                new Prefer(true, prefer.waitTime()),
                () -> BookCheckDocument.of(caller.principal(), body)));
    }

    @Operation(summary = "List the checks of the book, newest first")
    @GetMapping
    ListBody<BookCheckBody> list(
            Caller caller,
            @RequestParam(name = "limit", defaultValue = "10") int limit,
            @RequestParam(name = "starting_after", required = false) @Nullable String startingAfter,
            @RequestParam(name = "ending_before", required = false) @Nullable String endingBefore) {
        Cursor cursor = new Cursor(IdType.BOOK_CHECK, limit, startingAfter, endingBefore);
        return cursor.page(
                checks.list(cursor).stream().map(StoredBookCheck::body).toList(), PATH);
    }

    @Operation(summary = "Read a check of the book, with what it has found")
    @GetMapping("/{id}")
    BookCheckBody read(Caller caller, @PathVariable String id) {
        return checks.find(id)
                .map(StoredBookCheck::body)
                .orElseThrow(() ->
                        new ProblemException(ProblemType.BOOK_CHECK_NOT_FOUND, "There is no such check of the book."));
    }
}
