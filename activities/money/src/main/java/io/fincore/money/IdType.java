package io.fincore.money;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochRandomGenerator;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The kinds of id that leave the platform: a prefix that tells the kind, an underscore, and a UUIDv7 (RFC 9562) as 26 characters
 * of Crockford's base 32 in lower case. Ids of one kind sort by the time they were made.
 */
public enum IdType {
    PAYMENT("pay"),
    REFUND("ref"),
    CUSTOMER("cus"),
    WALLET("wal"),
    TRANSACTION("txn"),
    HOLD("hld"),
    COMPLIANCE_CASE("case"),
    EVENT("evt"),
    WEBHOOK_ENDPOINT("whe"),
    BATCH("bat"),
    REQUEST("req"),
    ACTIVATION("act"),
    INTERVENTION("int"),
    NOTE("note"),
    BOOK_CHECK("chk"),
    DELIVERY("dlv"),
    INBOUND_EVENT("inb"),
    ERASURE("era");

    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
    private static final int DIGITS = 26;
    private static final TimeBasedEpochRandomGenerator UUIDS = Generators.timeBasedEpochRandomGenerator();

    private final String prefix;
    private final Pattern pattern;

    IdType(String prefix) {
        this.prefix = prefix;
        // 26 digits of 5 bits are 130 bits: the first digit of a UUID is 0 to 7.
        this.pattern = Pattern.compile(prefix + "_[0-7][" + ALPHABET + "]{25}");
    }

    public String prefix() {
        return prefix;
    }

    /** A new id of this kind. */
    public String next() {
        return prefix + "_" + encode(UUIDS.generate());
    }

    /** The lowest id of this kind that can be made from the instant on: for those who look up a time by the order of ids. */
    public String lowest(Instant from) {
        return prefix + "_" + encode(new UUID(Math.max(0, from.toEpochMilli()) << 16, 0));
    }

    /** Whether the text has the form of an id of this kind. */
    public boolean matches(String text) {
        return pattern.matcher(text).matches();
    }

    /**
     * @return the id, unchanged
     * @throws IllegalArgumentException if the text has not the form of an id of this kind
     */
    public String require(String text) {
        if (!matches(text)) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not an id of kind " + name().toLowerCase(Locale.ROOT) + " (" + prefix + "_…)");
        }
        return text;
    }

    /** The id of another kind with the same digits: for what belongs to one thing and is there once at most. */
    public String sibling(String id, IdType other) {
        return other.prefix + require(id).substring(prefix.length());
    }

    private static String encode(UUID uuid) {
        long high = uuid.getMostSignificantBits();
        long low = uuid.getLeastSignificantBits();
        char[] digits = new char[DIGITS];
        for (int place = DIGITS - 1; place >= 0; place--) {
            digits[place] = ALPHABET.charAt((int) (low & 31));
            low = (low >>> 5) | (high << 59);
            high >>>= 5;
        }
        return new String(digits);
    }
}
