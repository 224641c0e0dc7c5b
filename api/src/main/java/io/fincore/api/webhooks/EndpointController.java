package io.fincore.api.webhooks;

import io.fincore.api.idempotency.Answer;
import io.fincore.api.json.NoBody;
import io.fincore.api.lists.Cursor;
import io.fincore.api.lists.ListBody;
import io.fincore.api.problem.ProblemException;
import io.fincore.api.problem.ProblemType;
import io.fincore.api.request.EntityTags;
import io.fincore.api.security.Caller;
import io.fincore.api.settings.FincoreProperties;
import io.fincore.money.IdType;
import io.fincore.outbox.NewEndpoint;
import io.fincore.outbox.WebhookEndpoint;
import io.fincore.outbox.WebhookEndpoints;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Webhooks")
@RestController
@RequestMapping(path = EndpointController.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
class EndpointController {

    static final String PATH = "/v1/webhook-endpoints";

    private final EndpointRequests requests;
    private final WebhookEndpoints endpoints;
    private final OwnEndpoints own;
    private final int most;

    EndpointController(
            EndpointRequests requests, WebhookEndpoints endpoints, OwnEndpoints own, FincoreProperties properties) {
        this.requests = requests;
        this.endpoints = endpoints;
        this.own = own;
        this.most = properties.webhooks().endpointsPerPrincipal();
    }

    @Operation(summary = "Subscribe to events; the answer has the secret, which is shown this once")
    @ApiResponse(
            responseCode = "201",
            description = "Created; what happens from now on is sent there",
            content = @Content(schema = @Schema(implementation = EndpointBody.class)))
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> create(
            Caller caller,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @Valid @RequestBody EndpointRequest body) {
        own.requireSecure(body.url());
        return requests.postForSecret(caller, "webhook-endpoints.create", key, body, () -> create(caller, body))
                .toResponse();
    }

    private Answer create(Caller caller, EndpointRequest body) {
        NewEndpoint order = new NewEndpoint(
                caller.tenant(),
                caller.principal(),
                body.url(),
                body.description(),
                body.events().stream().distinct().toList(),
                Objects.requireNonNullElse(body.metadata(), Map.of()));
        WebhookEndpoints.Created created = endpoints
                .create(order, most)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.TOO_MANY_WEBHOOK_ENDPOINTS, "You have " + most + " endpoints already."));
        return requests.json(
                HttpStatus.CREATED,
                PATH + "/" + created.endpoint().id(),
                EndpointBody.of(created.endpoint(), created.secret()));
    }

    @Operation(summary = "Read an endpoint")
    @GetMapping("/{id}")
    ResponseEntity<EndpointBody> read(Caller caller, @PathVariable String id) {
        WebhookEndpoint endpoint = own.require(caller, id);
        return ResponseEntity.ok()
                .eTag(EntityTags.ofVersion(endpoint.version()))
                .body(EndpointBody.of(endpoint));
    }

    @Operation(summary = "List endpoints, newest first")
    @GetMapping
    ListBody<EndpointBody> list(
            Caller caller,
            @RequestParam(name = "limit", defaultValue = "10") int limit,
            @RequestParam(name = "starting_after", required = false) @Nullable String startingAfter,
            @RequestParam(name = "ending_before", required = false) @Nullable String endingBefore) {
        Cursor cursor = new Cursor(IdType.WEBHOOK_ENDPOINT, limit, startingAfter, endingBefore);
        Comparator<WebhookEndpoint> byId = Comparator.comparing(WebhookEndpoint::id);
        // They are few: cutting the page here is enough.
        List<EndpointBody> rows = endpoints.ofPrincipal(caller.tenant(), caller.principal()).stream()
                .filter(endpoint -> startingAfter == null || endpoint.id().compareTo(startingAfter) < 0)
                .filter(endpoint -> endingBefore == null || endpoint.id().compareTo(endingBefore) > 0)
                .sorted(cursor.ascending() ? byId : byId.reversed())
                .limit(cursor.fetch())
                .map(EndpointBody::of)
                .toList();
        return cursor.page(rows, PATH);
    }

    @Operation(summary = "Change an endpoint; what is absent stays")
    @ApiResponse(
            responseCode = "200",
            description = "Changed",
            content = @Content(schema = @Schema(implementation = EndpointBody.class)))
    @PatchMapping(path = "/{id}", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> change(
            Caller caller,
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch,
            @Valid @RequestBody EndpointChange body) {
        own.requireSecure(body.url());
        HttpHeaders headers = new HttpHeaders();
        return requests.change(() -> {
                    WebhookEndpoint before = own.lock(caller, id);
                    EntityTags.require(ifMatch, EntityTags.ofVersion(before.version()));
                    WebhookEndpoint changed = endpoints.save(body.applyTo(before));
                    headers.setETag(EntityTags.ofVersion(changed.version()));
                    return requests.json(HttpStatus.OK, null, EndpointBody.of(changed));
                })
                .toResponse(headers);
    }

    @Operation(summary = "Delete an endpoint; what waits for it is not sent")
    @ApiResponse(responseCode = "204", description = "Deleted")
    @DeleteMapping("/{id}")
    ResponseEntity<Void> delete(
            Caller caller,
            @PathVariable String id,
            @RequestHeader(name = HttpHeaders.IF_MATCH, required = false) @Nullable String ifMatch) {
        requests.change(() -> {
            WebhookEndpoint endpoint = own.lock(caller, id);
            EntityTags.require(ifMatch, EntityTags.ofVersion(endpoint.version()));
            endpoints.delete(endpoint.id());
            return requests.json(HttpStatus.NO_CONTENT, null, new NoBody());
        });
        return ResponseEntity.noContent().build();
    }
}
