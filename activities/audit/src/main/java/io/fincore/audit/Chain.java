package io.fincore.audit;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How entries are chained, written a second time: the database computes the same in SQL, and neither trusts the other.
 *
 * <p>The hash of an entry is SHA-256 of the hash before it (32 bytes) and its canonical bytes: position, instant, action, object, object
 * id, before, after and origin, each as a netstring {@code <bytes>:<UTF-8>,} or, where it is absent, as {@code -,}. The position is
 * decimal, the instant {@code 2026-11-21T22:15:01.000001Z}, JSON as it is stored. Before the first entry stands {@link #GENESIS}.
 */
final class Chain {

    /** SHA-256 of {@code fincore-audit v1}. */
    static final String GENESIS =
            HexFormat.of().formatHex(sha256().digest("fincore-audit v1".getBytes(StandardCharsets.UTF_8)));

    private static final DateTimeFormatter INSTANT = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Chain() {}

    /** What an entry's hash must be, in lower-case hex, after the hash of the entry before. */
    static String hash(String previous, AuditEntry entry) {
        MessageDigest digest = sha256();
        digest.update(HexFormat.of().parseHex(previous));
        digest.update(canonical(entry).getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest.digest());
    }

    static String canonical(AuditEntry entry) {
        StringBuilder canonical = new StringBuilder();
        append(canonical, Long.toString(entry.position()));
        append(canonical, INSTANT.format(entry.recordedAt()));
        append(canonical, entry.action());
        append(canonical, entry.object());
        append(canonical, entry.objectId());
        append(canonical, entry.before());
        append(canonical, entry.after());
        append(canonical, entry.origin());
        return canonical.toString();
    }

    static String instant(Instant instant) {
        return INSTANT.format(instant);
    }

    private static void append(StringBuilder canonical, @Nullable String field) {
        if (field == null) {
            canonical.append("-,");
        } else {
            int length = field.getBytes(StandardCharsets.UTF_8).length;
            canonical.append(length).append(':').append(field).append(',');
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
