package io.fincore.api.request;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import org.springframework.core.convert.converter.Converter;

/**
 * Reads the times in query parameters: RFC 3339, so years of four digits, which the database can store too. An empty one is refused;
 * ignored, it would select everything.
 */
final class Rfc3339 implements Converter<String, Instant> {

    @Override
    public Instant convert(String text) {
        OffsetDateTime time = OffsetDateTime.parse(text).withOffsetSameInstant(ZoneOffset.UTC);
        if (time.getYear() < 0 || time.getYear() > 9999) {
            throw new DateTimeException("RFC 3339 has no year " + time.getYear());
        }
        // The book counts microseconds; the driver would round up.
        return time.toInstant().truncatedTo(ChronoUnit.MICROS);
    }
}
