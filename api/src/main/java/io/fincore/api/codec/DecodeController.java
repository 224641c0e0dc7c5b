package io.fincore.api.codec;

import io.fincore.api.limits.ClientLimits;
import io.fincore.api.limits.Refusals;
import io.fincore.api.limits.Taken;
import io.fincore.api.problem.ProblemException;
import io.fincore.api.problem.ProblemType;
import io.fincore.api.security.Caller;
import io.fincore.api.settings.FincoreProperties;
import io.fincore.workflows.client.MissingPayloadKey;
import io.fincore.workflows.client.PayloadKeys;
import io.fincore.workflows.client.Payloads;
import io.micrometer.core.instrument.Counter;
import io.swagger.v3.oas.annotations.Hidden;
import io.temporal.api.common.v1.Payload;
import io.temporal.payload.codec.PayloadCodec;
import io.temporal.payload.codec.PayloadCodecException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

/**
 * Decodes by Temporal's protocol of codec servers: {@code {"payloads": […]}} in Protobuf's JSON, in and out. It does not encode: what
 * people would have encoded here, they would start or signal by hand. Who had what decoded is in the log, without the content.
 */
@Hidden
@RestController
final class DecodeController {

    /** What the Web UI and the command line are told; they add {@code /decode}. */
    static final String PATH = "/v1/admin/codec";

    private static final Logger LOG = LoggerFactory.getLogger(DecodeController.class);

    private final PayloadCodec codec;
    private final String namespace;
    private final DecodeBudget budget;
    private final Counter refused;

    DecodeController(PayloadKeys keys, FincoreProperties properties, DecodeBudget budget, Refusals refusals) {
        this.codec = Payloads.codec(keys);
        this.namespace = properties.temporal().namespace();
        this.budget = budget;
        this.refused = refusals.of(DecodeBudget.NAME);
    }

    /** @param requested the namespace, or nothing for the command line's default; what is in another one is not ours to decode */
    @PostMapping(
            path = PATH + "/decode",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    String decode(
            Caller caller,
            @RequestHeader(name = "X-Namespace", required = false) @Nullable String requested,
            @RequestBody String body,
            HttpServletRequest request,
            HttpServletResponse response) {
        if (requested != null && !requested.isEmpty() && !requested.equals(namespace)) {
            throw new ProblemException(
                    ProblemType.INVALID_PARAMETER, "The keys here are those of the namespace " + namespace + ".");
        }
        List<Payload> encoded = CodecMessage.read(body);
        Taken taken = budget.take(caller, encoded.size());
        ClientLimits.tell(taken, request, response);
        if (taken.isRefused()) {
            refused.increment();
            throw taken.refusal(
                    "More than " + DecodeBudget.PER_SECOND + " payloads a second are decoded for a moment only.");
        }
        try {
            List<Payload> decoded = codec.decode(encoded);
            LOG.info(
                    "{} of tenant {} had {} payloads decoded in namespace {}, of {}",
                    caller.principal(),
                    caller.tenant(),
                    decoded.size(),
                    namespace,
                    workflows(encoded));
            return CodecMessage.write(decoded);
        } catch (MissingPayloadKey missing) {
            LOG.warn("{} had payloads decoded that cannot be: {}", caller.principal(), missing.getMessage());
            throw new ProblemException(ProblemType.PAYLOAD_KEY_MISSING, String.valueOf(missing.getMessage()));
        } catch (PayloadCodecException unreadable) {
            // Its message names a workflow.
            LOG.warn("{} had payloads decoded that cannot be: {}", caller.principal(), unreadable.getMessage());
            throw new ProblemException(
                    ProblemType.INVALID_REQUEST,
                    "At least one of them was changed, or its key is another here than the one it was written with.");
        }
    }

    /** As the payloads themselves say; called when they have been found unchanged. */
    private static List<String> workflows(List<Payload> encoded) {
        return encoded.stream()
                .flatMap(payload -> Payloads.workflowOf(payload).stream())
                .distinct()
                .sorted()
                .toList();
    }
}
