package io.fincore.api.activations;

import io.fincore.api.customers.OwnCustomers;
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

@Tag(name = "Activations")
@RestController
@RequestMapping(path = ActivationController.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
class ActivationController {

    static final String PATH = "/v1/customers/{id}/activations";

    private final IdempotentRequests requests;
    private final OrderIntake intake;
    private final ActivationOrders orders;
    private final ActivationReader activations;
    private final OwnCustomers customers;

    ActivationController(
            IdempotentRequests requests,
            OrderIntake intake,
            ActivationOrders orders,
            ActivationReader activations,
            OwnCustomers customers) {
        this.requests = requests;
        this.intake = intake;
        this.orders = orders;
        this.activations = activations;
        this.customers = customers;
    }

    static String path(String customerId) {
        return PATH.replace("{id}", customerId);
    }

    @Operation(summary = "Have a customer checked, and a wallet activated")
    @ApiResponse(
            responseCode = "202",
            description = "Durable; `status` tells how far it is",
            content = @Content(schema = @Schema(implementation = ActivationBody.class)))
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> create(
            Caller caller,
            @PathVariable String id,
            @RequestHeader(name = "Idempotency-Key") String key,
            @RequestHeader(name = "Prefer", required = false) @Nullable List<String> preferences,
            @Valid @RequestBody ActivationRequest body) {
        Prefer prefer = Prefer.of(preferences);
        IdempotentCall call = requests.call(caller, "activations.create", key, body);
        return prefer.toResponse(intake.take(orders, call, prefer, () -> orders.checked(caller, id, body)));
    }

    @Operation(summary = "List a customer's activations, newest first")
    @GetMapping
    ListBody<ActivationBody> list(
            Caller caller,
            @PathVariable String id,
            @RequestParam(name = "limit", defaultValue = "10") int limit,
            @RequestParam(name = "starting_after", required = false) @Nullable String startingAfter,
            @RequestParam(name = "ending_before", required = false) @Nullable String endingBefore) {
        Cursor cursor = new Cursor(IdType.ACTIVATION, limit, startingAfter, endingBefore);
        customers.require(caller, id);
        return cursor.page(
                activations.list(caller, id, cursor).stream()
                        .map(StoredActivation::body)
                        .toList(),
                path(id));
    }

    @Operation(summary = "Read an activation")
    @GetMapping("/{activation}")
    ResponseEntity<ActivationBody> read(Caller caller, @PathVariable String id, @PathVariable String activation) {
        customers.require(caller, id);
        StoredActivation found = activations
                .find(caller, activation)
                .filter(one -> one.body().customer().equals(id))
                .orElseThrow(() -> new ProblemException(
                        ProblemType.ACTIVATION_NOT_FOUND, "There is no such activation of this customer."));
        return ResponseEntity.ok().eTag(EntityTags.ofVersion(found.version())).body(found.body());
    }
}
