package io.fincore.api.refunds;

import io.fincore.api.idempotency.IdempotentCall;
import io.fincore.api.idempotency.IdempotentRequests;
import io.fincore.api.lists.Cursor;
import io.fincore.api.lists.ListBody;
import io.fincore.api.orders.OrderIntake;
import io.fincore.api.orders.Prefer;
import io.fincore.api.payments.OwnPayments;
import io.fincore.api.problem.ProblemException;
import io.fincore.api.problem.ProblemType;
import io.fincore.api.request.EntityTags;
import io.fincore.api.security.Caller;
import io.fincore.money.IdType;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Refunds")
@RestController
class RefundController {

    static final String PATH = "/v1/refunds";

    private static final String OF_PAYMENT = "/v1/payments/{id}/refunds";

    private final IdempotentRequests requests;
    private final OrderIntake intake;
    private final RefundOrders orders;
    private final RefundReader refunds;
    private final OwnPayments payments;

    RefundController(
            IdempotentRequests requests,
            OrderIntake intake,
            RefundOrders orders,
            RefundReader refunds,
            OwnPayments payments) {
        this.requests = requests;
        this.intake = intake;
        this.orders = orders;
        this.refunds = refunds;
        this.payments = payments;
    }

    @Operation(summary = "Refund a payment, in full or in part")
    @ApiResponse(
            responseCode = "202",
            description = "The amount is set aside, and the bank is asked for it; `status` tells how far it is",
            content = @Content(schema = @Schema(implementation = RefundBody.class)))
    @PostMapping(path = OF_PAYMENT, produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> create(
            Caller caller,
            @PathVariable String id,
            @RequestHeader(name = "Idempotency-Key") String key,
            @RequestHeader(name = "Prefer", required = false) @Nullable List<String> preferences,
            @Valid @RequestBody(required = false) @Nullable RefundRequest body) {
        Prefer prefer = Prefer.of(preferences);
        RefundRequest request = Objects.requireNonNullElse(body, RefundRequest.REMAINDER);
        IdempotentCall call = requests.call(caller, "refunds.create", key, request);
        return prefer.toResponse(intake.take(orders, call, prefer, () -> orders.checked(caller, id, request)));
    }

    @Operation(summary = "List a payment's refunds, newest first")
    @GetMapping(path = OF_PAYMENT, produces = MediaType.APPLICATION_JSON_VALUE)
    ListBody<RefundBody> list(
            Caller caller,
            @PathVariable String id,
            @RequestParam(name = "limit", defaultValue = "10") int limit,
            @RequestParam(name = "starting_after", required = false) @Nullable String startingAfter,
            @RequestParam(name = "ending_before", required = false) @Nullable String endingBefore) {
        Cursor cursor = new Cursor(IdType.REFUND, limit, startingAfter, endingBefore);
        payments.require(caller, id);
        return cursor.page(
                refunds.list(caller, id, cursor).stream()
                        .map(StoredRefund::body)
                        .toList(),
                OF_PAYMENT.replace("{id}", id));
    }

    @Operation(summary = "Read a refund")
    @GetMapping(path = PATH + "/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<RefundBody> read(Caller caller, @PathVariable String id) {
        StoredRefund refund = refunds.find(caller, id)
                .orElseThrow(
                        () -> new ProblemException(ProblemType.REFUND_NOT_FOUND, "There is no such refund of yours."));
        return ResponseEntity.ok().eTag(EntityTags.ofVersion(refund.version())).body(refund.body());
    }
}
