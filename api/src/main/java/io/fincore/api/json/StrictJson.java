package io.fincore.api.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.time.Instant;
import java.time.LocalDate;
import org.springframework.boot.autoconfigure.jackson.Jackson2ObjectMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** No unknown field, no field twice, no number from a text, no time from a number, no whole number from a fraction, nothing after the end. */
@Configuration(proxyBeanMethods = false)
class StrictJson {

    /** No body of ours nests deeper than five, or has a longer number than nineteen digits; its length is limited before it gets here. */
    private static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
            .maxNestingDepth(64)
            .maxNumberLength(100)
            .maxNameLength(1_000)
            .build();

    @Bean
    Jackson2ObjectMapperBuilderCustomizer nothingIsGuessed() {
        return builder -> builder.propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .featuresToEnable(
                        DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                        DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS,
                        JsonParser.Feature.STRICT_DUPLICATE_DETECTION,
                        // Maps are in another order in each process, and an ETag must be the same from every replica.
                        SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .featuresToDisable(
                        DeserializationFeature.ACCEPT_FLOAT_AS_INT,
                        MapperFeature.ALLOW_COERCION_OF_SCALARS,
                        SerializationFeature.WRITE_DATES_AS_TIMESTAMPS,
                        // What breaks off in the middle must not look like a whole document.
                        JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT)
                .modulesToInstall(new SimpleModule("strict-texts")
                        .addDeserializer(Instant.class, new FromText<>(Instant.class, Rfc3339::time))
                        .addDeserializer(LocalDate.class, new FromText<>(LocalDate.class, Rfc3339::date))
                        .addDeserializer(String.class, new StrictText())
                        .addKeyDeserializer(String.class, new StrictText.Key()))
                .factory(JsonFactory.builder()
                        .streamReadConstraints(LIMITS)
                        // Each request has a thread of its own: buffers that stay with their thread would be made anew
                        // each time.
                        .recyclerPool(JsonRecyclerPools.newConcurrentDequePool())
                        .build());
    }
}
