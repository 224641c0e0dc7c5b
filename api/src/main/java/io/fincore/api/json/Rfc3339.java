package io.fincore.api.json;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/** Reads times and dates as RFC 3339 has them, so with years of four digits, which the database can store too. */
public final class Rfc3339 {

    private Rfc3339() {}

    /** @throws DateTimeException if the text is no time with an offset */
    public static Instant time(String text) {
        OffsetDateTime time = OffsetDateTime.parse(text).withOffsetSameInstant(ZoneOffset.UTC);
        requireYear(time.getYear());
        // The book counts microseconds; the driver would round up.
        return time.toInstant().truncatedTo(ChronoUnit.MICROS);
    }

    /** @throws DateTimeException if the text is no date */
    static LocalDate date(String text) {
        LocalDate date = LocalDate.parse(text);
        requireYear(date.getYear());
        return date;
    }

    private static void requireYear(int year) {
        if (year < 0 || year > 9999) {
            throw new DateTimeException("RFC 3339 has no year " + year);
        }
    }
}
