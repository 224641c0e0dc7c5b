package io.fincore.providers;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the header {@code Retry-After} (RFC 9110, section 10.2.3). */
final class RetryAfter {

    /** A longer wait is read as this one: how long a payment may wait is for its deadline to say, not for the bank. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private static final Pattern SECONDS = Pattern.compile("\\d{1,18}");

    /** The three forms that a recipient has to know (section 5.6.7): today's, and those of RFC 850 and of {@code asctime}. */
    private static final List<DateTimeFormatter> DATES = List.of(
            DateTimeFormatter.RFC_1123_DATE_TIME,
            DateTimeFormatter.ofPattern("EEEE, dd-MMM-yy HH:mm:ss z", Locale.US),
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.US).withZone(ZoneOffset.UTC));

    private RetryAfter() {}

    /** @return 0 to one hour; null if there is no header or none that can be read */
    static @Nullable Duration parse(@Nullable String header, InstantSource clock) {
        Duration wait = parseUnbounded(header, clock);
        return wait == null || wait.compareTo(LONGEST) <= 0 ? wait : LONGEST;
    }

    /** @return 0 or more, up to many years; null if there is no header or none that can be read */
    static @Nullable Duration parseUnbounded(@Nullable String header, InstantSource clock) {
        if (header == null) {
            return null;
        }
        String value = header.strip();
        if (SECONDS.matcher(value).matches()) {
            return Duration.ofSeconds(Long.parseLong(value));
        }
        Instant date = date(value);
        if (date == null) {
            return null;
        }
        Duration wait = Duration.between(clock.instant(), date);
        return wait.isNegative() ? Duration.ZERO : wait;
    }

    private static @Nullable Instant date(String value) {
        for (DateTimeFormatter form : DATES) {
            try {
                return form.parse(value, Instant::from);
            } catch (DateTimeException another) {
                // One of the others, or none.
            }
        }
        return null;
    }
}
