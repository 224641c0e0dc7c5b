package io.fincore.dev.simulator;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs callbacks as Standard Webhooks does (version 1.0.0, symmetric signatures). */
public final class WebhookSecret {

    private static final String PREFIX = "whsec_";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int MIN_BYTES = 24;
    private static final int MAX_BYTES = 64;

    private final SecretKeySpec key;

    private WebhookSecret(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /**
     * @param text {@code whsec_} and 24 to 64 bytes in base 64
     * @throws IllegalArgumentException in other cases; the message does not hold the secret
     */
    public static WebhookSecret parse(String text) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : "");
        } catch (IllegalArgumentException notBase64) {
            bytes = new byte[0];
        }
        if (bytes.length < MIN_BYTES || bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException("is not " + PREFIX + " followed by 24 to 64 bytes in base 64");
        }
        return new WebhookSecret(bytes);
    }

    /** The value of the header {@code webhook-signature}. */
    public String sign(String messageId, Instant timestamp, String body) {
        String content = messageId + "." + timestamp.getEpochSecond() + "." + body;
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, impossible);
        }
    }
}
