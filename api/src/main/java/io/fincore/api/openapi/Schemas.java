package io.fincore.api.openapi;

import com.fasterxml.jackson.databind.node.MissingNode;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes schemas exact, by what their records tell, and says in words what their fields are. */
@SuppressWarnings({"rawtypes", "unchecked"}) // as swagger has its schemas
final class Schemas {

    private static final String ANY = "JsonNode";

    private static final String LIST = "ListBody";

    private final Words words;
    private final Examples examples;

    Schemas(Words words, Examples examples) {
        this.words = words;
        this.examples = examples;
    }

    void customise(OpenAPI api) {
        Map<String, Schema> all = api.getComponents().getSchemas();
        all.remove(ANY);
        all.values().forEach(Schemas::openAny);
        Set<String> sent = reached(all, operations(api).flatMap(Schemas::request));
        Set<String> answered = reached(all, operations(api).flatMap(Schemas::answers));
        sent.stream().filter(answered::contains).findFirst().ifPresent(both -> {
            throw new IllegalStateException(
                    both + " is sent and answered: what is required differs, name one otherwise");
        });
        all.forEach((name, schema) -> {
            Class<?> type = RecordNames.record(name);
            if (type != null && sent.contains(name)) {
                RecordRules.ofRequest(type, schema);
            }
            tell(name, schema);
            if (type != null && answered.contains(name)) {
                RecordRules.ofAnswer(type, schema);
            }
        });
    }

    /** A field of any JSON is described at its place. */
    private static void openAny(Schema<?> schema) {
        if (schema.getProperties() != null) {
            schema.getProperties()
                    .replaceAll((name, property) ->
                            property.get$ref() != null && property.get$ref().endsWith("/" + ANY)
                                    ? new Schema<>().description(property.getDescription())
                                    : property);
        }
    }

    private void tell(String name, Schema<?> schema) {
        Words.SchemaWords own = words.schemas().get(name);
        if (own != null && own.description() != null) {
            schema.setDescription(own.description());
        }
        if (schema.getProperties() == null) {
            return;
        }
        schema.getProperties().forEach((field, property) -> {
            Facts facts = words.field(name, field);
            if (facts != null) {
                facts.restrict(property.getItems() == null ? property : property.getItems());
                if (field.equals("object") && facts.values() == null) {
                    name(name, property);
                }
                if (facts.description() != null) {
                    property.setDescription(facts.description());
                }
            }
        });
    }

    /** What kind of object it is, its example tells. */
    private void name(String schema, Schema<?> property) {
        String object = schema.startsWith(LIST)
                ? "list"
                : examples.all()
                        .getOrDefault(schema, MissingNode.getInstance())
                        .path("object")
                        .asText();
        if (!object.isEmpty()) {
            ((Schema<Object>) property).setEnum(List.of(object));
        }
    }

    private static Stream<Operation> operations(OpenAPI api) {
        return api.getPaths().values().stream().flatMap(path -> path.readOperations().stream());
    }

    private static Stream<Schema<?>> request(Operation operation) {
        return operation.getRequestBody() == null
                ? Stream.of()
                : schemas(operation.getRequestBody().getContent());
    }

    private static Stream<Schema<?>> answers(Operation operation) {
        return operation.getResponses().values().stream()
                .map(ApiResponse::getContent)
                .flatMap(Schemas::schemas);
    }

    private static Stream<Schema<?>> schemas(@Nullable Content content) {
        return content == null
                ? Stream.of()
                : content.values().stream().map(MediaType::getSchema).map(schema -> (Schema<?>) schema);
    }

    private static Set<String> reached(Map<String, Schema> all, Stream<Schema<?>> from) {
        Set<String> names = new LinkedHashSet<>();
        from.forEach(schema -> reach(all, schema, names));
        return names;
    }

    private static void reach(Map<String, Schema> all, @Nullable Schema<?> schema, Set<String> names) {
        if (schema == null) {
            return;
        }
        if (schema.get$ref() != null) {
            String name = RecordNames.simpleName(schema.get$ref());
            if (names.add(name)) {
                reach(all, all.get(name), names);
            }
            return;
        }
        reach(all, schema.getItems(), names);
        Collection<Schema> properties = schema.getProperties() == null
                ? Set.<Schema>of()
                : schema.getProperties().values();
        properties.forEach(property -> reach(all, property, names));
    }
}
