package io.fincore.workflows.client;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/** AES-GCM with a random nonce of 96 bits in front of what is encrypted, and a tag of 128 behind it (NIST SP 800-38D). */
final class AesGcm {

    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private AesGcm() {}

    /** @param authenticated what must be given again to decrypt */
    static byte[] encrypt(SecretKey key, byte[] content, byte[] authenticated) throws GeneralSecurityException {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        byte[] encrypted =
                cipher(Cipher.ENCRYPT_MODE, key, nonce, authenticated).doFinal(content);
        byte[] data = Arrays.copyOf(nonce, NONCE_BYTES + encrypted.length);
        System.arraycopy(encrypted, 0, data, NONCE_BYTES, encrypted.length);
        return data;
    }

    /** @throws GeneralSecurityException if the data or what is authenticated is not what it was, or the key another */
    static byte[] decrypt(SecretKey key, byte[] data, byte[] authenticated) throws GeneralSecurityException {
        if (data.length < NONCE_BYTES) {
            throw new AEADBadTagException("too short to hold a nonce");
        }
        return cipher(Cipher.DECRYPT_MODE, key, Arrays.copyOf(data, NONCE_BYTES), authenticated)
                .doFinal(data, NONCE_BYTES, data.length - NONCE_BYTES);
    }

    private static Cipher cipher(int mode, SecretKey key, byte[] nonce, byte[] authenticated)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(authenticated);
        return cipher;
    }
}
