package io.fincore.workflows.client;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/**
 * Encrypts secrets that our own database keeps for a while, with the keys of payloads: AES-256-GCM, {@code sealed:KEY-ID:BASE64} of nonce
 * and content. The key is derived for the purpose, so that the codec server cannot decode it, and what is sealed for one place cannot be
 * opened at another.
 *
 * <p>With {@code plain} in the first place of the keys the one behind it seals: all processes have it. With {@code plain} alone there is
 * nothing to seal with, and all is left as it is.
 */
public final class Seal {

    private static final Pattern SEALED =
            Pattern.compile("sealed:(?<key>[A-Za-z0-9._-]{1,20}):(?<data>[A-Za-z0-9+/]+=*)");
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final PayloadKeys keys;
    private final String purpose;

    /** @param purpose what is sealed, in words that never change: {@code idempotent answer} */
    public Seal(PayloadKeys keys, String purpose) {
        this.keys = keys;
        this.purpose = purpose;
    }

    /** @param place where it will be found: to open it, the same must be given */
    public byte[] close(byte[] content, String place) {
        return keys.sealing().map(key -> close(content, place, key)).orElse(content);
    }

    /**
     * Opens what was sealed; what never was is left as it is.
     *
     * @return empty if the key is not among ours any more
     * @throws IllegalStateException if somebody has changed it, or moved it here from another place
     */
    public Optional<byte[]> open(byte[] content, String place) {
        Matcher sealed = SEALED.matcher(new String(content, StandardCharsets.ISO_8859_1));
        return sealed.matches()
                ? keys.find(sealed.group("key"))
                        .map(key -> open(Base64.getDecoder().decode(sealed.group("data")), place, key))
                : Optional.of(content);
    }

    private byte[] close(byte[] content, String place, PayloadKey key) {
        byte[] nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        try {
            byte[] encrypted = cipher(Cipher.ENCRYPT_MODE, key, nonce, place).doFinal(content);
            byte[] data = Arrays.copyOf(nonce, NONCE_BYTES + encrypted.length);
            System.arraycopy(encrypted, 0, data, NONCE_BYTES, encrypted.length);
            return ("sealed:" + key.id() + ":" + Base64.getEncoder().encodeToString(data))
                    .getBytes(StandardCharsets.ISO_8859_1);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("it cannot be sealed", e);
        }
    }

    private byte[] open(byte[] data, String place, PayloadKey key) {
        try {
            byte[] nonce = Arrays.copyOf(data, NONCE_BYTES);
            return cipher(Cipher.DECRYPT_MODE, key, nonce, place)
                    .doFinal(data, NONCE_BYTES, Math.max(0, data.length - NONCE_BYTES));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalStateException("what was sealed with the key " + key.id() + " is not what it was", e);
        }
    }

    private Cipher cipher(int mode, PayloadKey key, byte[] nonce, String place) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key.ofPurpose(purpose), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(PayloadKey.authenticated(purpose, key.id(), place));
        return cipher;
    }
}
