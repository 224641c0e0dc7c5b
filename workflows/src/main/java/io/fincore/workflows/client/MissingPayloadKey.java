package io.fincore.workflows.client;

import io.temporal.failure.ApplicationFailure;
import io.temporal.payload.codec.PayloadCodecException;
import java.util.Optional;
import java.util.Set;

/**
 * A payload is encrypted with a key that this process does not have, yet or any more. Nothing is lost: with the key it is read. The
 * message names the ids of keys, which stand beside each payload in the clear.
 */
public final class MissingPayloadKey extends PayloadCodecException {

    private static final long serialVersionUID = 1L;

    /** What a failure is called that a process without the key has told another one of. */
    private static final String TYPE = MissingPayloadKey.class.getName();

    MissingPayloadKey(String keyId, Set<String> known) {
        super("a payload is encrypted with the key " + keyId + ", and the keys here are " + known
                + ": add it to FINCORE_PAYLOADS_KEYS");
    }

    /** Who lacks which key, if that is why a call failed: this process, or a worker that has told so. */
    public static Optional<String> in(Throwable failed) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof MissingPayloadKey here) {
                return Optional.of("this process: " + here.getMessage());
            }
            if (cause instanceof ApplicationFailure there && there.getType().equals(TYPE)) {
                return Optional.of("a worker: " + there.getOriginalMessage());
            }
        }
        return Optional.empty();
    }
}
