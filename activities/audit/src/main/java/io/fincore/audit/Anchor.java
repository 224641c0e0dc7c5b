package io.fincore.audit;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The head of the chain at an instant. Kept outside the database it proves what stood there: whoever rewrites an entry has to rewrite all
 * that follow, and cannot rewrite this.
 *
 * @param position of the entry that was the last
 * @param hash that entry's, in lower-case hex
 * @param anchoredAt to the microsecond
 */
public record Anchor(long position, String hash, Instant anchoredAt) {

    private static final String FORMAT = "fincore-audit-anchor v1";

    private static final Pattern LINE =
            Pattern.compile(FORMAT + " ([1-9][0-9]{0,17}) ([0-9a-f]{64}) ([0-9]{4}-[0-9-]{5}T[0-9:]{8}\\.[0-9]{6}Z)");

    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    public Anchor {
        if (position < 1) {
            throw new IllegalArgumentException("there is no position " + position);
        }
        if (!HASH.matcher(hash).matches()) {
            throw new IllegalArgumentException("'" + hash + "' is no SHA-256 in lower-case hex");
        }
    }

    /**
     * Reads {@link #toLine()} back; white space around it is ignored.
     *
     * @throws IllegalArgumentException if it is not such a line
     */
    public static Anchor parse(String line) {
        Matcher parts = LINE.matcher(line.strip());
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "'" + line + "' is no anchor such as '" + FORMAT + " <position> <hash> <instant>'");
        }
        try {
            return new Anchor(Long.parseLong(parts.group(1)), parts.group(2), Instant.parse(parts.group(3)));
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("'" + parts.group(3) + "' is no instant", e);
        }
    }

    /** One line for an export: {@code fincore-audit-anchor v1 <position> <hash> <instant>}. */
    public String toLine() {
        return String.join(" ", FORMAT, Long.toString(position), hash, Chain.instant(anchoredAt));
    }
}
