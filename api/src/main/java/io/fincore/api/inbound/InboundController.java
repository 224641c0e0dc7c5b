package io.fincore.api.inbound;

import io.fincore.api.request.RequestIdentity;
import io.fincore.api.settings.FincoreProperties;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.security.SecurityRequirements;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/** Takes callbacks in. What is acknowledged is in the database; all else happens afterwards. */
@Tag(name = "Callbacks of providers")
@RestController
class InboundController {

    private static final Logger LOG = LoggerFactory.getLogger(InboundController.class);

    private final WebhookSignature signature;
    private final InboundEvents events;
    private final InboundDrain drain;
    private final TraceParents traces;

    InboundController(FincoreProperties properties, InboundEvents events, InboundDrain drain, TraceParents traces) {
        this.signature = new WebhookSignature(properties.inbound().bank().secret());
        this.events = events;
        this.drain = drain;
        this.traces = traces;
    }

    @Operation(
            summary = "The bank reports on a credit transfer",
            description = "Signed as Standard Webhooks; an event that comes twice has one effect.")
    @SecurityRequirements
    @PostMapping(path = "/v1/inbound/bank/events", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Void> bank(
            @RequestHeader(name = "webhook-id", required = false) @Nullable String id,
            @RequestHeader(name = "webhook-timestamp", required = false) @Nullable String timestamp,
            @RequestHeader(name = "webhook-signature", required = false) @Nullable String signatures,
            @RequestBody byte[] body) {
        signature.require(id, timestamp, signatures, body, Instant.now());
        String eventId = Objects.requireNonNull(id);
        if (events.persist("bank", eventId, body, traces.current(), RequestIdentity.current())) {
            drain.wake();
        } else {
            LOG.info("the bank has sent event {} before", eventId);
        }
        return ResponseEntity.accepted().build();
    }
}
