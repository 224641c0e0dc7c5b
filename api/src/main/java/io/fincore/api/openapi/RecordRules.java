package io.fincore.api.openapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import io.fincore.api.validation.Bic;
import io.fincore.api.validation.CurrencyCode;
import io.fincore.api.validation.Iban;
import io.fincore.api.validation.Metadata;
import io.fincore.api.validation.PlainText;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the components of a record tell about its schema, beside what swagger reads from them. */
final class RecordRules {

    private static final SnakeCaseStrategy WIRE = new SnakeCaseStrategy();

    private RecordRules() {}

    /** An answer has all of its fields always, those that may be null as null. */
    static void ofAnswer(Class<?> type, Schema<?> schema) {
        Map<String, RecordComponent> components = components(type);
        schema.setRequired(components.entrySet().stream()
                .filter(component -> !has(component.getValue(), JsonInclude.class))
                .map(Map.Entry::getKey)
                .filter(schema.getProperties()::containsKey)
                .toList());
        components.forEach((name, component) -> {
            if (component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                schema.getProperties().computeIfPresent(name, (same, property) -> nullable(property));
            }
        });
    }

    /** A request has no fields but these. */
    static void ofRequest(Class<?> type, Schema<?> schema) {
        schema.setTypes(Set.of("object"));
        schema.setAdditionalProperties(false);
        components(type).forEach((name, component) -> {
            Schema<?> property = Objects.requireNonNull(schema.getProperties().get(name), name);
            if (has(component, PlainText.class)) {
                property.setMinLength(1);
            }
            if (has(component, CurrencyCode.class)) {
                property.setPattern("^[A-Z]{3}$");
            }
            if (has(component, Iban.class)) {
                property.setPattern("^[A-Z]{2}[0-9]{2}[0-9A-Z]{11,30}$");
            }
            if (has(component, Bic.class)) {
                property.setPattern("^[A-Z]{6}[0-9A-Z]{2}([0-9A-Z]{3})?$");
            }
            if (has(component, Metadata.class)) {
                property.setMaxProperties(50);
                property.setPropertyNames(text().minLength(1).maxLength(40));
                property.setAdditionalProperties(text().maxLength(500));
            }
        });
    }

    private static Schema<?> nullable(Schema<?> property) {
        if (property.get$ref() != null) {
            return new Schema<>()
                    .anyOf(List.of(new Schema<>().$ref(property.get$ref()), new Schema<>().types(Set.of("null"))))
                    .description(property.getDescription());
        }
        if (property.getTypes() != null && !property.getTypes().contains("null")) {
            property.setTypes(new LinkedHashSet<>(property.getTypes()));
            property.addType("null");
            allowNull(property);
        }
        return property;
    }

    private static <T> void allowNull(Schema<T> property) {
        if (property.getEnum() != null) {
            List<T> values = new ArrayList<>(property.getEnum());
            values.add(null);
            property.setEnum(values);
        }
    }

    private static Map<String, RecordComponent> components(Class<?> type) {
        Map<String, RecordComponent> components = new LinkedHashMap<>();
        Arrays.stream(type.getRecordComponents()).forEach(component -> components.put(wireName(component), component));
        return components;
    }

    private static String wireName(RecordComponent component) {
        JsonProperty given = component.getAccessor().getAnnotation(JsonProperty.class);
        return given == null ? WIRE.translate(component.getName()) : given.value();
    }

    private static boolean has(RecordComponent component, Class<? extends Annotation> annotation) {
        return component.getAccessor().isAnnotationPresent(annotation)
                || component.getAnnotatedType().isAnnotationPresent(annotation)
                || declared(component).isAnnotationPresent(annotation);
    }

    private static Field declared(RecordComponent component) {
        try {
            return component.getDeclaringRecord().getDeclaredField(component.getName());
        } catch (NoSuchFieldException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Schema<?> text() {
        return new Schema<>().types(Set.of("string"));
    }
}
