package io.fincore.workflows.client;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * One master key. It encrypts nothing itself: each workflow's payloads have a key derived from it, so that random nonces of 96 bits
 * are drawn some hundred times under one key and not billions of times (NIST SP 800-38D, 8.3, allows 2³²), and a payload that somebody
 * moves into another workflow under that one's id cannot be read.
 */
record PayloadKey(String id, SecretKey master) {

    private static final String PURPOSE = "fincore payload, AES-256-GCM, workflow ";
    private static final String SEAL = "fincore seal, AES-256-GCM, ";
    private static final int KEY_BYTES = 32;

    PayloadKey(String id, byte[] master) {
        this(id, new SecretKeySpec(master, "HKDF"));
    }

    /** @param workflowId empty where the SDK does not tell it */
    SecretKey of(String workflowId) {
        return derive(PURPOSE + workflowId);
    }

    /** For what is not a payload. */
    SecretKey ofPurpose(String purpose) {
        return derive(SEAL + purpose);
    }

    private SecretKey derive(String purpose) {
        byte[] info = purpose.getBytes(StandardCharsets.UTF_8);
        try {
            // The master is uniformly random: RFC 5869, 3.3, needs no extraction then.
            return KDF.getInstance("HKDF-SHA256")
                    .deriveKey("AES", HKDFParameterSpec.expandOnly(master, info, KEY_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JDK cannot derive keys by HKDF", e);
        }
    }

    /** What a payload says of itself in the clear, bound to its content. Each part is preceded by its length. */
    static byte[] authenticated(String encoding, String keyId, String workflowId) {
        byte[][] parts = {
            encoding.getBytes(StandardCharsets.UTF_8),
            keyId.getBytes(StandardCharsets.UTF_8),
            workflowId.getBytes(StandardCharsets.UTF_8)
        };
        int length = 0;
        for (byte[] part : parts) {
            length += Integer.BYTES + part.length;
        }
        ByteBuffer joined = ByteBuffer.allocate(length);
        for (byte[] part : parts) {
            joined.putInt(part.length).put(part);
        }
        return joined.array();
    }

    /** The id alone. */
    @Override
    public String toString() {
        return "PayloadKey[" + id + "]";
    }
}
