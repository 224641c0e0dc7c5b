package io.fincore.api.webhooks;

import io.fincore.api.idempotency.Answer;
import io.fincore.api.json.NoBody;
import io.fincore.api.lists.Cursor;
import io.fincore.api.lists.Filters;
import io.fincore.api.lists.ListBody;
import io.fincore.api.problem.FieldError;
import io.fincore.api.problem.ProblemException;
import io.fincore.api.problem.ProblemType;
import io.fincore.api.security.Caller;
import io.fincore.money.IdType;
import io.fincore.outbox.Deliveries;
import io.fincore.outbox.Delivery;
import io.fincore.outbox.DeliveryQuery;
import io.fincore.outbox.DeliveryStatus;
import io.fincore.outbox.EventType;
import io.fincore.outbox.WebhookEndpoint;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
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

/** What was delivered to an endpoint, and what shall be delivered again. */
@Tag(name = "Webhooks")
@RestController
@RequestMapping(path = EndpointController.PATH + "/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
class DeliveryController {

    private final EndpointRequests requests;
    private final OwnEndpoints own;
    private final Deliveries deliveries;

    DeliveryController(EndpointRequests requests, OwnEndpoints own, Deliveries deliveries) {
        this.requests = requests;
        this.own = own;
        this.deliveries = deliveries;
    }

    @Operation(summary = "List deliveries, newest first")
    @GetMapping("/deliveries")
    ListBody<DeliveryBody> list(
            Caller caller,
            @PathVariable String id,
            @RequestParam(name = "limit", defaultValue = "10") int limit,
            @RequestParam(name = "starting_after", required = false) @Nullable String startingAfter,
            @RequestParam(name = "ending_before", required = false) @Nullable String endingBefore,
            @RequestParam(name = "status", required = false) @Nullable String status,
            @RequestParam(name = "event_type", required = false) @Nullable String eventType,
            @RequestParam(name = "event", required = false) @Nullable String event) {
        Cursor cursor = new Cursor(IdType.DELIVERY, limit, startingAfter, endingBefore);
        WebhookEndpoint endpoint = own.require(caller, id);
        Filters.requireOneOf("status", DeliveryStatus.values(), DeliveryStatus::code, status);
        Filters.requireOneOf("event_type", EventType.codesForClients(), eventType);
        Filters.requireId("event", IdType.EVENT, event);
        DeliveryQuery query = new DeliveryQuery(
                status == null ? null : DeliveryStatus.ofCode(status),
                eventType,
                event,
                startingAfter,
                endingBefore,
                cursor.fetch());
        List<DeliveryBody> rows = deliveries.list(endpoint.id(), query).stream()
                .map(DeliveryBody::of)
                .toList();
        return cursor.page(rows, EndpointController.PATH + "/" + endpoint.id() + "/deliveries");
    }

    @Operation(summary = "Read a delivery")
    @GetMapping("/deliveries/{delivery}")
    DeliveryBody read(Caller caller, @PathVariable String id, @PathVariable String delivery) {
        return DeliveryBody.of(find(own.require(caller, id), delivery));
    }

    @Operation(summary = "Deliver an event again, at once")
    @ApiResponse(
            responseCode = "202",
            description = "On its way: the new delivery, or the one that was on its way already",
            content = @Content(schema = @Schema(implementation = DeliveryBody.class)))
    @PostMapping(path = "/deliveries/{delivery}/resends", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> resend(
            Caller caller,
            @PathVariable String id,
            @PathVariable String delivery,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @Valid @RequestBody NoBody body) {
        return requests.post(caller, "webhook-deliveries.resend", key, body, () -> {
                    WebhookEndpoint endpoint = own.lockForDeliveries(caller, id);
                    Delivery resend = deliveries.resend(find(endpoint, delivery));
                    return requests.json(
                            HttpStatus.ACCEPTED,
                            EndpointController.PATH + "/" + endpoint.id() + "/deliveries/" + resend.id(),
                            DeliveryBody.of(resend));
                })
                .toResponse();
    }

    @Operation(summary = "Deliver again what has happened since a time, to an endpoint that subscribed later too")
    @ApiResponse(
            responseCode = "202",
            description = "On its way, in order",
            content = @Content(schema = @Schema(implementation = ReplayBody.class)))
    @PostMapping(path = "/replays", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> replay(
            Caller caller,
            @PathVariable String id,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @Valid @RequestBody ReplayRequest body) {
        return requests.post(caller, "webhook-endpoints.replay", key, body, () -> replay(caller, id, body))
                .toResponse();
    }

    private Answer replay(Caller caller, String id, ReplayRequest body) {
        Instant to = body.to() == null ? Instant.now() : body.to();
        if (!body.from().isBefore(to)) {
            throw new ProblemException(
                    ProblemType.INVALID_REQUEST,
                    "A replay is of a span of time.",
                    List.of(new FieldError("/from", "must be before 'to', which is now if it is absent")));
        }
        WebhookEndpoint endpoint = own.lockForDeliveries(caller, id);
        OptionalInt added = deliveries.replay(endpoint, body.from(), to);
        if (added.isEmpty()) {
            throw new ProblemException(
                    ProblemType.REPLAY_TOO_LARGE,
                    "More than " + Deliveries.MOST_PER_REPLAY + " events fit: replay them in spans, with 'to'.");
        }
        return requests.json(
                HttpStatus.ACCEPTED,
                EndpointController.PATH + "/" + endpoint.id() + "/deliveries",
                new ReplayBody("webhook_replay", endpoint.id(), body.from(), to, added.getAsInt()));
    }

    private Delivery find(WebhookEndpoint endpoint, String deliveryId) {
        return Optional.of(deliveryId)
                .filter(IdType.DELIVERY::matches)
                .flatMap(known -> deliveries.find(endpoint.id(), known))
                .orElseThrow(() -> new ProblemException(
                        ProblemType.WEBHOOK_DELIVERY_NOT_FOUND, "There is no such delivery to this endpoint."));
    }
}
