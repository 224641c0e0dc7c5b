package io.fincore.api.idempotency;

import io.fincore.api.problem.ProblemException;
import io.fincore.api.problem.ProblemType;
import io.fincore.api.security.Caller;
import java.util.regex.Pattern;

/**
 * A request under an idempotency key, which is unique per caller and operation.
 *
 * @param operation such as {@code payments.create}
 * @param fingerprint differs when method, path or body differ
 */
public record IdempotentCall(Caller caller, String operation, String key, String fingerprint, String correlationId) {

    /** What a header can hold; no blank at either end, where proxies may cut it off. */
    private static final Pattern KEY = Pattern.compile("[!-~]([ -~]{0,253}[!-~])?");

    public IdempotentCall {
        if (!KEY.matcher(key).matches()) {
            throw new ProblemException(
                    ProblemType.IDEMPOTENCY_KEY_INVALID, "An Idempotency-Key is 1 to 255 printable ASCII characters.");
        }
    }
}
