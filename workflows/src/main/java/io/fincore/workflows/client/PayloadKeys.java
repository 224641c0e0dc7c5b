package io.fincore.workflows.client;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The keys that payloads are encrypted with before they leave the process for Temporal. The first one writes, all of them read: so a new
 * key is first made known everywhere as one that reads, and then moved to the front.
 *
 * <p>Written as {@code id:base64} of 32 bytes each. The word {@code plain} in the first place writes without encryption while the keys
 * behind it read: the first step of a fleet that has not encrypted yet. What was written so is read with any keys.
 */
public final class PayloadKeys {

    /** In the first place: what is written is not encrypted. */
    public static final String PLAIN = "plain";

    /** The form of a key's id; short, since each payload carries one. */
    static final String ID = "[A-Za-z0-9._-]{1,20}";

    /** What an entry of the setting looks like. */
    public static final String FORM = PLAIN + "|" + ID + ":[A-Za-z0-9+/]{43}=";

    /** For whoever made a mistake; does not repeat what was given. */
    public static final String FORM_MEANING =
            "must be an id of 1 to 20 letters, digits, dots, hyphens or underscores, a colon, and 32 bytes in base64; or plain";

    private static final Pattern ENTRY = Pattern.compile("(?<id>[^:]+):(?<key>.+)");
    private static final int KEY_BYTES = 32;

    private final Map<String, PayloadKey> keys;
    private final @Nullable PayloadKey writing;
    private final LongAdder missed = new LongAdder();

    private PayloadKeys(Map<String, PayloadKey> keys, @Nullable PayloadKey writing) {
        this.keys = keys;
        this.writing = writing;
    }

    /**
     * Reads the setting.
     *
     * @throws IllegalArgumentException naming each {@link #mistakes mistake}; no key is in the message
     */
    public static PayloadKeys of(List<String> entries) {
        List<String> mistakes = mistakes(entries);
        if (!mistakes.isEmpty()) {
            throw new IllegalArgumentException("payload keys: " + String.join("; ", mistakes));
        }
        Map<String, PayloadKey> keys = new LinkedHashMap<>();
        for (String entry : entries) {
            Matcher parts = ENTRY.matcher(entry);
            if (parts.matches()) {
                keys.put(
                        parts.group("id"),
                        new PayloadKey(parts.group("id"), Base64.getDecoder().decode(parts.group("key"))));
            }
        }
        boolean plain = entries.getFirst().equals(PLAIN);
        return new PayloadKeys(keys, plain ? null : keys.values().iterator().next());
    }

    /** All that is wrong with the setting, without repeating any of it but ids; empty if nothing is. */
    public static List<String> mistakes(List<String> entries) {
        List<String> mistakes = new ArrayList<>();
        if (entries.isEmpty()) {
            mistakes.add("there must be one at least");
        }
        Map<String, Integer> ids = new LinkedHashMap<>();
        for (int i = 0; i < entries.size(); i++) {
            String entry = entries.get(i);
            if (!entry.matches(FORM)) {
                mistakes.add("number " + (i + 1) + " " + FORM_MEANING);
            } else if (entry.equals(PLAIN)) {
                if (i > 0) {
                    mistakes.add("plain stands in the first place, or nowhere");
                }
            } else {
                ids.merge(entry.substring(0, entry.indexOf(':')), 1, Integer::sum);
            }
        }
        ids.forEach((id, count) -> {
            if (count > 1) {
                mistakes.add("the id " + id + " is given to " + count + " keys");
            }
        });
        return mistakes;
    }

    /** A new key as an entry of the setting. */
    public static String newEntry(String id) {
        byte[] key = new byte[KEY_BYTES];
        new SecureRandom().nextBytes(key);
        return id + ":" + Base64.getEncoder().encodeToString(key);
    }

    /** A key that nobody else has: for tests, whose workflows end with their process. */
    public static PayloadKeys ephemeral() {
        return of(List.of(newEntry("ephemeral")));
    }

    /** Whether what is written is encrypted. */
    public boolean encrypts() {
        return writing != null;
    }

    Optional<PayloadKey> writing() {
        return Optional.ofNullable(writing);
    }

    /** The key for what is never to be in the clear: the one that writes, or would next. */
    Optional<PayloadKey> sealing() {
        return writing().or(() -> keys.values().stream().findFirst());
    }

    Optional<PayloadKey> find(String id) {
        return Optional.ofNullable(keys.get(id));
    }

    /** The id of the key that writes; empty if what is written is not encrypted. */
    public Optional<String> writingId() {
        return writing().map(PayloadKey::id);
    }

    /** The ids of all keys, in their order. */
    public Set<String> ids() {
        return Collections.unmodifiableSet(keys.keySet());
    }

    /** How many payloads could not be read so far, since their key is not among these. */
    public long missed() {
        return missed.sum();
    }

    /** @throws MissingPayloadKey if this process does not have the key (yet, or any more) */
    PayloadKey reading(String id) {
        PayloadKey key = keys.get(id);
        if (key == null) {
            missed.increment();
            // Whoever can write to Temporal can write anything there.
            throw new MissingPayloadKey(id.matches(ID) ? id : "(none that could be one)", keys.keySet());
        }
        return key;
    }

    /** Ids alone. */
    @Override
    public String toString() {
        return "PayloadKeys[writes " + (writing == null ? PLAIN : writing.id()) + ", reads " + keys.keySet() + "]";
    }
}
