package io.fincore.api.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import io.fincore.api.validation.PlainText;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Says in words what operations and their parameters are, and shows what goes to and fro. */
final class Operations {

    private static final String PROBLEM = "application/problem+json";
    private static final String SCHEMAS = "#/components/schemas/";

    private final Words words;
    private final Examples examples;

    Operations(Words words, Examples examples) {
        this.words = words;
        this.examples = examples;
    }

    void customise(OpenAPI api) {
        api.getPaths()
                .forEach((path, item) -> item.readOperations().forEach(operation -> customise(api, path, operation)));
    }

    private void customise(OpenAPI api, String path, Operation operation) {
        String id = operation.getOperationId();
        Words.OperationWords own = words.operations().get(id);
        if (own != null && own.description() != null) {
            operation.setDescription(own.description());
        }
        Objects.requireNonNullElse(operation.getParameters(), List.<Parameter>of())
                .forEach(parameter -> tell(id, path, parameter));
        if (operation.getRequestBody() != null) {
            Content content = operation.getRequestBody().getContent();
            if (own != null && own.body() != null) {
                content.values().forEach(type -> type.setSchema(new Schema<>().$ref(SCHEMAS + own.body())));
            }
            show(api, path, content, id + ".request");
        }
        operation.getResponses().forEach((status, response) -> {
            if (response.getContent() != null && status.startsWith("2")) {
                show(api, path, response.getContent(), id + "." + status);
            }
        });
    }

    private void tell(String operation, String path, Parameter parameter) {
        Facts facts = words.parameter(operation, path, parameter.getName());
        if (parameter.getName().equals("Prefer")) {
            // Several headers are read, but one says it all.
            parameter.setSchema(new Schema<>().types(Set.of("string")));
        }
        // Springdoc gives many parameters one schema.
        parameter.setSchema(Json31.mapper().convertValue(parameter.getSchema(), Schema.class));
        if (parameter.getIn().equals("query") && isText(parameter.getSchema())) {
            parameter.getSchema().setPattern(PlainText.PATTERN);
        }
        if (facts == null) {
            return;
        }
        facts.restrict(parameter.getSchema());
        if (facts.description() != null) {
            parameter.setDescription(facts.description());
        }
        if (!parameter.getRequired()) {
            // The interactive page would send it with every request.
            return;
        }
        if (facts.example() != null) {
            parameter.setExample(facts.example());
        } else if (facts.id() != null) {
            parameter.setExample(examples.id(facts.id()));
        }
    }

    private static boolean isText(Schema<?> schema) {
        return schema.getTypes() != null
                && schema.getTypes().contains("string")
                && schema.getEnum() == null
                && schema.getFormat() == null;
    }

    private void show(OpenAPI api, String path, Content content, String place) {
        content.forEach((name, type) -> {
            if (name.equals(PROBLEM)) {
                return;
            }
            String schema = type.getSchema().get$ref() == null
                    ? place
                    : RecordNames.simpleName(type.getSchema().get$ref());
            String subtype = place.substring(0, place.indexOf('.')) + "." + name.substring(name.indexOf('/') + 1);
            Map<String, JsonNode> found = new LinkedHashMap<>(examples.of(place, subtype, schema));
            JsonNode page = found.isEmpty() ? examples.page(schema, url(path)) : null;
            if (page != null) {
                found.put("example", page);
            }
            found.forEach((key, value) -> add(api, type, key, schema, value));
        });
    }

    /** What belongs to a schema is there once; the rest stands where it is shown. */
    private void add(OpenAPI api, MediaType type, String key, String schema, JsonNode value) {
        String name = key.equals("example") ? schema : schema + "." + key;
        if (value.equals(examples.all().get(name))) {
            api.getComponents().addExamples(name, example(value));
            type.addExamples(key, new Example().$ref("#/components/examples/" + name));
        } else {
            type.addExamples(key, example(value));
        }
    }

    private static Example example(JsonNode value) {
        return new Example().value(value.isTextual() ? value.asText() : value);
    }

    private String url(String path) {
        String url = path;
        for (Map.Entry<String, Map<String, Facts>> prefix :
                words.pathParameters().entrySet()) {
            for (Map.Entry<String, Facts> parameter : prefix.getValue().entrySet()) {
                if (path.startsWith(prefix.getKey()) && parameter.getValue().id() != null) {
                    url = url.replace(
                            "{" + parameter.getKey() + "}",
                            examples.id(parameter.getValue().id()));
                }
            }
        }
        return url;
    }
}
