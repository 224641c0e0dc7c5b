package io.fincore.api.openapi;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.fincore.money.IdType;
import io.fincore.outbox.EventType;
import io.swagger.v3.oas.models.media.Schema;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What is said of a field or of a parameter beside what its type tells. A text alone is the description.
 *
 * @param id the kind of id it is: {@code payment}
 * @param values all values that it can have
 * @param events whether it is a type of event that clients see
 * @param example for a parameter
 */
record Facts(
        @Nullable String description,
        @Nullable String id,
        @Nullable List<String> values,
        boolean events,
        @Nullable String pattern,
        @Nullable String format,
        @Nullable BigDecimal minimum,
        @Nullable BigDecimal maximum,
        @Nullable Integer maxLength,
        @Nullable Object example) {

    @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
    Facts(
            @JsonProperty("description") @Nullable String description,
            @JsonProperty("id") @Nullable String id,
            @JsonProperty("values") @Nullable List<String> values,
            @JsonProperty("events") boolean events,
            @JsonProperty("pattern") @Nullable String pattern,
            @JsonProperty("format") @Nullable String format,
            @JsonProperty("minimum") @Nullable BigDecimal minimum,
            @JsonProperty("maximum") @Nullable BigDecimal maximum,
            @JsonProperty("max_length") @Nullable Integer maxLength,
            @JsonProperty("example") @Nullable Object example) {
        this.description = description;
        this.id = id;
        this.values = values;
        this.events = events;
        this.pattern = pattern;
        this.format = format;
        this.minimum = minimum;
        this.maximum = maximum;
        this.maxLength = maxLength;
        this.example = example;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Facts of(String description) {
        return new Facts(description, null, null, false, null, null, null, null, null, null);
    }

    /** Says it of a schema; the description stays with whoever refers to the schema. */
    void restrict(Schema<?> schema) {
        if (id != null) {
            schema.setPattern(pattern(IdType.valueOf(id.toUpperCase(Locale.ROOT))));
        }
        if (pattern != null) {
            schema.setPattern(pattern);
        }
        if (values != null) {
            enumerate(schema, values);
        }
        if (events) {
            enumerate(schema, EventType.codesForClients());
        }
        if (format != null) {
            schema.setFormat(format);
        }
        if (maxLength != null) {
            schema.setMaxLength(maxLength);
        }
        if (minimum != null) {
            schema.setMinimum(minimum);
        }
        if (maximum != null) {
            schema.setMaximum(maximum);
        }
    }

    @SuppressWarnings("unchecked")
    private static void enumerate(Schema<?> schema, List<String> values) {
        ((Schema<Object>) schema).setEnum(List.copyOf(values));
    }

    static String pattern(IdType type) {
        return "^" + type.prefix() + "_[0-7][0-9a-hjkmnp-tv-z]{25}$";
    }
}
