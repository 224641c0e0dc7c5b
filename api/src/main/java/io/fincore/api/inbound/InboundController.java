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

    private final WebhookSignature bank;
    private final WebhookSignature kyc;
    private final InboundEvents events;
    private final InboundDrain drain;
    private final TraceParents traces;

    InboundController(FincoreProperties properties, InboundEvents events, InboundDrain drain, TraceParents traces) {
        this.bank = new WebhookSignature(properties.inbound().bank().secret());
        this.kyc = new WebhookSignature(properties.kyc().webhookSecret());
        this.events = events;
        this.drain = drain;
        this.traces = traces;
    }

    @Operation(
            summary = "The bank reports on a credit transfer, or on the return of one",
            description = "Signed as Standard Webhooks; an event that comes twice has one effect.")
    @SecurityRequirements
    @PostMapping(path = "/v1/inbound/bank/events", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Void> bank(
            @RequestHeader(name = "webhook-id", required = false) @Nullable String id,
            @RequestHeader(name = "webhook-timestamp", required = false) @Nullable String timestamp,
            @RequestHeader(name = "webhook-signature", required = false) @Nullable String signatures,
            @RequestBody byte[] body) {
        return take(ProviderEvent.BANK, bank, id, timestamp, signatures, body);
    }

    @Operation(
            summary = "The KYC provider reports on a check",
            description = "Signed as Standard Webhooks; an event that comes twice has one effect.")
    @SecurityRequirements
    @PostMapping(path = "/v1/inbound/kyc/events", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Void> kyc(
            @RequestHeader(name = "webhook-id", required = false) @Nullable String id,
            @RequestHeader(name = "webhook-timestamp", required = false) @Nullable String timestamp,
            @RequestHeader(name = "webhook-signature", required = false) @Nullable String signatures,
            @RequestBody byte[] body) {
        return take(ProviderEvent.KYC, kyc, id, timestamp, signatures, body);
    }

    private ResponseEntity<Void> take(
            String provider,
            WebhookSignature signature,
            @Nullable String id,
            @Nullable String timestamp,
            @Nullable String signatures,
            byte[] body) {
        signature.require(id, timestamp, signatures, body, Instant.now());
        String eventId = Objects.requireNonNull(id);
        if (events.persist(provider, eventId, body, traces.current(), RequestIdentity.current())) {
            drain.wake();
        } else {
            LOG.info("{} has sent event {} before", provider, eventId);
        }
        return ResponseEntity.accepted().build();
    }
}
