package io.fincore.api.payments;

import io.fincore.api.idempotency.IdempotentCall;
import io.fincore.api.idempotency.IdempotentRequests;
import io.fincore.api.lists.Cursor;
import io.fincore.api.lists.ListBody;
import io.fincore.api.orders.OrderIntake;
import io.fincore.api.orders.Prefer;
import io.fincore.api.problem.ProblemException;
import io.fincore.api.problem.ProblemType;
import io.fincore.api.request.EntityTags;
import io.fincore.api.security.Caller;
import io.fincore.money.IdType;
import io.fincore.workflows.payment.PaymentStatus;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import java.time.Instant;
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
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Payments")
@RestController
@RequestMapping(path = PaymentController.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
class PaymentController {

    static final String PATH = "/v1/payments";

    private final IdempotentRequests requests;
    private final OrderIntake intake;
    private final PaymentOrders orders;
    private final PaymentCancellation cancellation;
    private final PaymentReader payments;
    private final Timeline timeline;

    PaymentController(
            IdempotentRequests requests,
            OrderIntake intake,
            PaymentOrders orders,
            PaymentCancellation cancellation,
            PaymentReader payments,
            Timeline timeline) {
        this.requests = requests;
        this.intake = intake;
        this.orders = orders;
        this.cancellation = cancellation;
        this.payments = payments;
        this.timeline = timeline;
    }

    @Operation(summary = "Order a payment")
    @ApiResponse(
            responseCode = "202",
            description = "Durable; `status` tells how far it is",
            content = @Content(schema = @Schema(implementation = PaymentBody.class)))
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> create(
            Caller caller,
            @RequestHeader(name = "Idempotency-Key") String key,
            @RequestHeader(name = "Prefer", required = false) @Nullable List<String> preferences,
            @Valid @RequestBody PaymentRequest body,
            HttpServletRequest request) {
        Prefer prefer = Prefer.of(preferences);
        IdempotentCall call = requests.call(caller, "payments.create", key, body);
        return prefer.toResponse(
                intake.take(orders, call, prefer, () -> orders.checked(caller, body, request.getRemoteAddr())));
    }

    @Operation(summary = "Read a payment")
    @GetMapping("/{id}")
    ResponseEntity<PaymentBody> read(Caller caller, @PathVariable String id) {
        StoredPayment payment = payments.find(caller, id).orElseThrow(PaymentController::notFound);
        return ResponseEntity.ok().eTag(EntityTags.ofVersion(payment.version())).body(payment.body());
    }

    @Operation(summary = "List payments, newest first")
    @GetMapping
    ListBody<PaymentBody> list(
            Caller caller,
            @RequestParam(name = "limit", defaultValue = "10") int limit,
            @RequestParam(name = "starting_after", required = false) @Nullable String startingAfter,
            @RequestParam(name = "ending_before", required = false) @Nullable String endingBefore,
            @RequestParam(name = "status", required = false) @Nullable String status,
            @RequestParam(name = "customer", required = false) @Nullable String customer,
            @RequestParam(name = "source", required = false) @Nullable String source,
            @RequestParam(name = "created[gte]", required = false) @Nullable Instant createdGte,
            @RequestParam(name = "created[lt]", required = false) @Nullable Instant createdLt) {
        Cursor cursor = new Cursor(IdType.PAYMENT, limit, startingAfter, endingBefore);
        PaymentFilter filter = new PaymentFilter(status, customer, source, createdGte, createdLt);
        return cursor.page(
                payments.list(caller, filter, cursor).stream()
                        .map(StoredPayment::body)
                        .toList(),
                PATH);
    }

    @Operation(summary = "What happened to a payment, in order")
    @GetMapping("/{id}/timeline")
    ListBody<TimelineEntry> timeline(Caller caller, @PathVariable String id) {
        StoredPayment payment = payments.find(caller, id).orElseThrow(PaymentController::notFound);
        return new ListBody<>("list", timeline.of(payment.id()), false, PATH + "/" + payment.id() + "/timeline");
    }

    @Operation(summary = "Cancel a payment that the bank has not been asked for")
    @ApiResponse(
            responseCode = "202",
            description = "The payment will end, or has ended, `cancelled`",
            content = @Content(schema = @Schema(implementation = PaymentBody.class)))
    @PostMapping("/{id}/cancellations")
    ResponseEntity<byte[]> cancel(
            Caller caller,
            @PathVariable String id,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestHeader(name = "If-Match", required = false) @Nullable String ifMatch,
            @Valid @RequestBody(required = false) @Nullable CancellationBody body) {
        StoredPayment payment = payments.find(caller, id).orElseThrow(PaymentController::notFound);
        String reason = body == null ? null : body.reason();
        return requests.claimFirst(
                        key == null ? null : requests.call(caller, "payments.cancel", key, body),
                        IdType.REQUEST,
                        updateId -> {
                            EntityTags.requireUnless(
                                    payment.status() == PaymentStatus.CANCELLED,
                                    ifMatch,
                                    EntityTags.ofVersion(payment.version()));
                            return cancellation.cancel(
                                    caller,
                                    payment.id(),
                                    Objects.requireNonNullElse(reason, "requested by the client"),
                                    updateId);
                        })
                .toResponse();
    }

    static ProblemException notFound() {
        return new ProblemException(ProblemType.PAYMENT_NOT_FOUND, "There is no such payment of yours.");
    }
}
