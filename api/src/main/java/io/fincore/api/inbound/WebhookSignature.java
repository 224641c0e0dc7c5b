package io.fincore.api.inbound;

import io.fincore.api.problem.ProblemException;
import io.fincore.api.problem.ProblemType;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The signature of Standard Webhooks: {@code v1,} and base64 of HMAC-SHA256 over {@code id.timestamp.body}.
 *
 * <p>The sender signs each delivery anew, so a callback that is retried for hours is still within the tolerance.
 */
final class WebhookSignature {

    private static final Duration TOLERANCE = Duration.ofMinutes(5);
    private static final String SECRET_PREFIX = "whsec_";
    private static final String VERSION_PREFIX = "v1,";

    /** 32 bytes in base64. */
    private static final int SIGNATURE_LENGTH = 44;

    private final List<SecretKeySpec> keys;

    /** @param secrets any of them may have signed */
    WebhookSignature(List<String> secrets) {
        this.keys = secrets.stream()
                .map(secret -> new SecretKeySpec(
                        Base64.getDecoder().decode(secret.substring(SECRET_PREFIX.length())), "HmacSHA256"))
                .toList();
    }

    /** @throws ProblemException 401, which does not tell what exactly is wrong */
    void require(
            @Nullable String id, @Nullable String timestamp, @Nullable String signatures, byte[] body, Instant now) {
        requireHeaders(id, timestamp, signatures, now);
        if (!isSigned(id + "." + timestamp + ".", Objects.requireNonNull(signatures), body)) {
            throw invalid();
        }
    }

    /**
     * What can be told without the body.
     *
     * @throws ProblemException 401
     */
    static void requireHeaders(
            @Nullable String id, @Nullable String timestamp, @Nullable String signatures, Instant now) {
        if (id == null
                || timestamp == null
                || signatures == null
                || !id.matches("[!-~]{1,255}")
                || !isRecent(timestamp, now)
                || offered(signatures).noneMatch(signature -> signature.length() == SIGNATURE_LENGTH)) {
            throw invalid();
        }
    }

    private static ProblemException invalid() {
        return new ProblemException(ProblemType.SIGNATURE_INVALID, "Sign this callback with the agreed secret.");
    }

    private static boolean isRecent(String timestamp, Instant now) {
        return timestamp.matches("[0-9]{1,12}")
                && Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), now)
                                .abs()
                                .compareTo(TOLERANCE)
                        <= 0;
    }

    private boolean isSigned(String prefix, String signatures, byte[] body) {
        return offered(signatures)
                .map(signature -> signature.getBytes(StandardCharsets.US_ASCII))
                .anyMatch(offered ->
                        keys.stream().anyMatch(key -> MessageDigest.isEqual(sign(key, prefix, body), offered)));
    }

    private static Stream<String> offered(String signatures) {
        return Arrays.stream(signatures.split(" ", -1))
                .filter(signature -> signature.startsWith(VERSION_PREFIX))
                .map(signature -> signature.substring(VERSION_PREFIX.length()));
    }

    private static byte[] sign(SecretKeySpec key, String prefix, byte[] body) {
        try {
            Mac mac = Mac.getInstance(key.getAlgorithm());
            mac.init(key);
            mac.update(prefix.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encode(mac.doFinal(body));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
