package io.fincore.api.openapi;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import io.fincore.api.validation.Bic;
import io.fincore.api.validation.CurrencyCode;
import io.fincore.api.validation.Iban;
import io.fincore.api.validation.KnownEventType;
import io.fincore.api.validation.Metadata;
import io.fincore.api.validation.PlainText;
import io.fincore.outbox.EventType;
import io.fincore.outbox.WebhookEndpoint;
import io.swagger.v3.oas.models.media.Schema;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedParameterizedType;
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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the components of a record tell about its schema, beside what swagger reads from them. */
final class RecordRules {

    /** Half surrogate pairs cannot be stored either, but no pattern can say so. */
    private static final String STORABLE = "^[^\\u0000]*$";

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
        allowNulls(components, schema);
    }

    /** A request has no fields but these; null is as good as none. */
    static void ofRequest(Class<?> type, Schema<?> schema) {
        schema.setTypes(Set.of("object"));
        schema.setAdditionalProperties(false);
        Map<String, RecordComponent> components = components(type);
        components.forEach((name, component) -> {
            Schema<?> property = Objects.requireNonNull(schema.getProperties().get(name), name);
            if (component.getType() == String.class && property.getPattern() == null) {
                property.setPattern(STORABLE);
            }
            if (has(component, PlainText.class)) {
                property.setMinLength(1);
                property.setPattern(PlainText.PATTERN);
            }
            if (has(component, CurrencyCode.class)) {
                property.setPattern("^[A-Z]{3}$");
                property.setFormat("iso-4217");
            }
            if (has(component, Iban.class)) {
                property.setPattern("^[A-Z]{2}[0-9]{2}[0-9A-Z]{11,30}$");
                property.setFormat("iban");
            }
            if (has(component, Bic.class)) {
                property.setPattern("^[A-Z]{6}[0-9A-Z]{2}([0-9A-Z]{3})?$");
                property.setFormat("bic");
            }
            if (elementHas(component, KnownEventType.class)) {
                property.setItems(
                        enumeration(Stream.concat(EventType.codesForClients().stream(), Stream.of(WebhookEndpoint.ALL))
                                .toList()));
            }
            if (has(component, Metadata.class)) {
                property.setMaxProperties(50);
                property.setPropertyNames(text().pattern(STORABLE).minLength(1).maxLength(40));
                property.setAdditionalProperties(text().pattern(STORABLE).maxLength(500));
            }
        });
        allowNulls(components, schema);
    }

    private static void allowNulls(Map<String, RecordComponent> components, Schema<?> schema) {
        components.forEach((name, component) -> {
            if (component.getAnnotatedType().isAnnotationPresent(Nullable.class)) {
                schema.getProperties().computeIfPresent(name, (same, property) -> nullable(property));
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

    private static boolean elementHas(RecordComponent component, Class<? extends Annotation> annotation) {
        return component.getAnnotatedType() instanceof AnnotatedParameterizedType list
                && list.getAnnotatedActualTypeArguments()[0].isAnnotationPresent(annotation);
    }

    private static Schema<?> enumeration(List<String> values) {
        Schema<Object> schema = new Schema<>();
        schema.setTypes(Set.of("string"));
        schema.setEnum(List.copyOf(values));
        return schema;
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
