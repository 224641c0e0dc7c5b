package io.fincore.workflows.client;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

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
            Pattern.compile("sealed:(?<key>" + PayloadKeys.ID + "):(?<data>[A-Za-z0-9+/]+=*)");

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
                ? keys.find(sealed.group("key")).map(key -> open(sealed.group("data"), place, key))
                : Optional.of(content);
    }

    private byte[] close(byte[] content, String place, PayloadKey key) {
        try {
            byte[] data = AesGcm.encrypt(key.ofPurpose(purpose), content, authenticated(place, key));
            return ("sealed:" + key.id() + ":" + Base64.getEncoder().encodeToString(data))
                    .getBytes(StandardCharsets.ISO_8859_1);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("it cannot be sealed", e);
        }
    }

    private byte[] open(String data, String place, PayloadKey key) {
        try {
            return AesGcm.decrypt(key.ofPurpose(purpose), Base64.getDecoder().decode(data), authenticated(place, key));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalStateException("what was sealed with the key " + key.id() + " is not what it was", e);
        }
    }

    private byte[] authenticated(String place, PayloadKey key) {
        return PayloadKey.authenticated(purpose, key.id(), place);
    }
}
