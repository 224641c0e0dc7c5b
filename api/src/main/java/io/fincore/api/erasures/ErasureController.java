package io.fincore.api.erasures;

import io.fincore.api.customers.OwnCustomers;
import io.fincore.api.idempotency.Answer;
import io.fincore.api.idempotency.IdempotentCall;
import io.fincore.api.idempotency.IdempotentRequests;
import io.fincore.api.json.NoBody;
import io.fincore.api.orders.OrderIntake;
import io.fincore.api.orders.Prefer;
import io.fincore.api.problem.ProblemException;
import io.fincore.api.problem.ProblemType;
import io.fincore.api.request.EntityTags;
import io.fincore.api.security.Caller;
import io.fincore.api.temporal.UpdateCalls;
import io.fincore.api.temporal.UpdateOutcome;
import io.fincore.money.IdType;
import io.fincore.workflows.erasure.ErasureCancellation;
import io.fincore.workflows.erasure.ErasureStatus;
import io.fincore.workflows.erasure.ErasureWorkflow;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.util.List;
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
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Erasures")
@RestController
@RequestMapping(path = ErasureController.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
class ErasureController {

    static final String PATH = "/v1/customers/{id}/erasures";

    private final IdempotentRequests requests;
    private final OrderIntake intake;
    private final ErasureOrders orders;
    private final ErasureReader erasures;
    private final OwnCustomers customers;
    private final UpdateCalls updates;

    ErasureController(
            IdempotentRequests requests,
            OrderIntake intake,
            ErasureOrders orders,
            ErasureReader erasures,
            OwnCustomers customers,
            UpdateCalls updates) {
        this.requests = requests;
        this.intake = intake;
        this.orders = orders;
        this.erasures = erasures;
        this.customers = customers;
        this.updates = updates;
    }

    static String path(String customerId) {
        return PATH.replace("{id}", customerId);
    }

    @Operation(
            summary = "Have a customer's personal data erased",
            description = "As soon as nothing of the customer is open, within 30 days.")
    @ApiResponse(
            responseCode = "202",
            description = "Durable; `status` tells how far it is",
            content = @Content(schema = @Schema(implementation = ErasureBody.class)))
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> create(
            Caller caller,
            @PathVariable String id,
            @RequestHeader(name = "Idempotency-Key") String key,
            @RequestHeader(name = "Prefer", required = false) @Nullable List<String> preferences,
            @Valid @RequestBody ErasureRequest body) {
        Prefer prefer = Prefer.of(preferences);
        IdempotentCall call = requests.call(caller, "erasures.create", key, body);
        // There are no first steps to be waited for.
        Answer answer =
                intake.take(orders, call, new Prefer(true, prefer.waitTime()), () -> orders.checked(caller, id, body));
        if (answer.status() == HttpStatus.CONFLICT.value()) {
            // The one that is open is so by its row only, perhaps: when its workflow is gone, nobody else notices.
            orders.requireWorkflow(caller, id);
        }
        return prefer.toResponse(answer);
    }

    @Operation(summary = "Read an erasure, with what is in its way")
    @GetMapping("/{erasure}")
    ResponseEntity<ErasureBody> read(Caller caller, @PathVariable String id, @PathVariable String erasure) {
        StoredErasure found = find(caller, id, erasure);
        return ResponseEntity.ok().eTag(EntityTags.ofVersion(found.version())).body(found.body());
    }

    @Operation(summary = "Take a request back, before anything is erased")
    @ApiResponse(
            responseCode = "202",
            description = "Cancelled",
            content = @Content(schema = @Schema(implementation = ErasureBody.class)))
    @PostMapping("/{erasure}/cancellations")
    ResponseEntity<byte[]> cancel(
            Caller caller,
            @PathVariable String id,
            @PathVariable String erasure,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @Valid @RequestBody(required = false) @Nullable NoBody body) {
        String found = find(caller, id, erasure).id();
        return requests.claimFirst(
                        key == null ? null : requests.call(caller, "erasures.cancel", key, body),
                        IdType.REQUEST,
                        updateId -> {
                            if (update(caller, found, updateId) instanceof UpdateOutcome.WorkflowGone
                                    && !find(caller, id, found).isEnded()) {
                                orders.requireWorkflow(caller, id);
                                update(caller, found, updateId);
                            }
                            return cancelled(find(caller, id, found));
                        })
                .toResponse();
    }

    private UpdateOutcome<ErasureStatus> update(Caller caller, String erasureId, String updateId) {
        return updates.update(
                ErasureWorkflow.workflowId(erasureId),
                "cancelErasure",
                updateId,
                ErasureStatus.class,
                new ErasureCancellation(caller.principal()));
    }

    private Answer cancelled(StoredErasure now) {
        return switch (ErasureStatus.ofCode(now.body().status())) {
            case CANCELLED -> orders.answer(now);
            case COMPLETED ->
                throw new ProblemException(ProblemType.CUSTOMER_ERASED, "It is too late: the customer is erased.");
            case PENDING, OVERDUE ->
                throw new ProblemException(
                        ProblemType.WORKFLOW_ENGINE_UNAVAILABLE, "The workflow did not take it: repeat it.");
        };
    }

    private StoredErasure find(Caller caller, String customerId, String erasureId) {
        customers.require(caller, customerId);
        return erasures.find(caller, erasureId)
                .filter(one -> one.body().customer().equals(customerId))
                .orElseThrow(() -> new ProblemException(
                        ProblemType.ERASURE_NOT_FOUND, "There is no such erasure of this customer."));
    }
}
