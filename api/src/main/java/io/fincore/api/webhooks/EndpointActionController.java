package io.fincore.api.webhooks;

import io.fincore.api.json.NoBody;
import io.fincore.api.security.Caller;
import io.fincore.outbox.EndpointStatus;
import io.fincore.outbox.WebhookEndpoint;
import io.fincore.outbox.WebhookEndpoints;
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

/** The life of an endpoint; whoever asks for what is so already gets the endpoint as it is. */
@Tag(name = "Webhooks")
@RestController
@RequestMapping(
        path = EndpointController.PATH + "/{id}",
        consumes = MediaType.APPLICATION_JSON_VALUE,
        produces = MediaType.APPLICATION_JSON_VALUE)
class EndpointActionController {

    private final EndpointRequests requests;
    private final WebhookEndpoints endpoints;
    private final OwnEndpoints own;

    EndpointActionController(EndpointRequests requests, WebhookEndpoints endpoints, OwnEndpoints own) {
        this.requests = requests;
        this.endpoints = endpoints;
        this.own = own;
    }

    @Operation(summary = "Make a new secret, shown this once; for 24 hours the one before signs too")
    @ApiResponse(
            responseCode = "201",
            description = "Made",
            content = @Content(schema = @Schema(implementation = EndpointBody.class)))
    @PostMapping("/secret-rotations")
    ResponseEntity<byte[]> rotate(
            Caller caller,
            @PathVariable String id,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @Valid @RequestBody NoBody body) {
        return requests.postForSecret(caller, "webhook-endpoints.rotate", key, body, () -> {
                    WebhookEndpoint endpoint = own.lock(caller, id);
                    return requests.json(
                            HttpStatus.CREATED, null, EndpointBody.of(endpoint, endpoints.rotate(endpoint.id())));
                })
                .toResponse();
    }

    @Operation(summary = "Send nothing until the endpoint is resumed; events are kept for it")
    @ApiResponse(
            responseCode = "200",
            description = "Paused",
            content = @Content(schema = @Schema(implementation = EndpointBody.class)))
    @PostMapping("/pause")
    ResponseEntity<byte[]> pause(
            Caller caller,
            @PathVariable String id,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @Valid @RequestBody PauseRequest body) {
        return requests.post(caller, "webhook-endpoints.pause", key, body, () -> {
                    WebhookEndpoint endpoint = own.lockUsable(caller, id);
                    WebhookEndpoint paused = endpoint.status() == EndpointStatus.PAUSED
                            ? endpoint
                            : endpoints.save(endpoint.with(EndpointStatus.PAUSED, body.reason()));
                    return requests.json(HttpStatus.OK, null, EndpointBody.of(paused));
                })
                .toResponse();
    }

    @Operation(summary = "Send again to an endpoint that was paused or disabled; what was kept goes out at once")
    @ApiResponse(
            responseCode = "200",
            description = "Enabled",
            content = @Content(schema = @Schema(implementation = EndpointBody.class)))
    @PostMapping("/resume")
    ResponseEntity<byte[]> resume(
            Caller caller,
            @PathVariable String id,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @Valid @RequestBody NoBody body) {
        return requests.post(caller, "webhook-endpoints.resume", key, body, () -> {
                    WebhookEndpoint endpoint = own.lock(caller, id);
                    WebhookEndpoint enabled = endpoint;
                    if (endpoint.status() != EndpointStatus.ENABLED) {
                        enabled = endpoints.save(endpoint.with(EndpointStatus.ENABLED, null));
                        endpoints.bringForward(endpoint.id());
                    }
                    return requests.json(HttpStatus.OK, null, EndpointBody.of(enabled));
                })
                .toResponse();
    }
}
