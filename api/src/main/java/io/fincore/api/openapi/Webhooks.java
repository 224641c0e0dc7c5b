package io.fincore.api.openapi;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells which events there are and what an endpoint of the client is sent of each, from the files {@code openapi/events/*.yaml}. */
final class Webhooks {

    private static final String TAG = "Events";
    private static final String SCHEMA = "#/components/schemas/";

    private final Words words;
    private final Examples examples;
    private final List<Events> files = Resources.all("openapi/events/*.yaml", Events.class);

    /**
     * @param schemas by name, as JSON Schema
     * @param events by type
     */
    record Events(Map<String, JsonNode> schemas, Map<String, Event> events) {

        Events {
            schemas = schemas == null ? Map.of() : schemas;
            events = events == null ? Map.of() : events;
        }
    }

    /**
     * @param subject the kind of id that it is about, where its data has no id: {@code transaction}
     * @param data name of the schema of what the event tells
     * @param example what its example has otherwise than the schema's
     */
    record Event(
            String summary,
            @Nullable String description,
            @Nullable String subject,
            String data,
            @Nullable JsonNode example) {}

    Webhooks(Words words, Examples examples) {
        this.words = words;
        this.examples = examples;
    }

    void customise(OpenAPI api) {
        for (Events file : files) {
            file.schemas().forEach((name, schema) -> api.getComponents().addSchemas(name, schema(schema)));
            file.events().forEach((type, event) -> api.addWebhooks(type, new PathItem().post(delivery(type, event))));
        }
    }

    private static Schema<?> schema(JsonNode schema) {
        try {
            return Json31.mapper().treeToValue(schema, Schema.class);
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("no schema: " + schema, broken);
        }
    }

    private Operation delivery(String type, Event event) {
        Schema<?> exact = new Schema<>()
                .types(Set.of("object"))
                .addProperty("type", new Schema<>()._const(type))
                .addProperty("data", new Schema<>().$ref(SCHEMA + event.data()));
        MediaType document = new MediaType()
                .schema(new Schema<>().allOf(List.of(new Schema<>().$ref(SCHEMA + "Event"), exact)))
                .addExamples("example", new Example().value(document(type, event)));
        Operation operation = new Operation()
                .addTagsItem(TAG)
                .operationId("Event_" + type.replace('.', '_'))
                .summary(event.summary())
                .description(event.description() == null ? event.summary() + "." : event.description())
                .security(List.of())
                .requestBody(new RequestBody()
                        .required(true)
                        .content(new Content().addMediaType("application/json", document)))
                .responses(new ApiResponses()
                        .addApiResponse("2XX", new ApiResponse().description("Taken: it is not sent again"))
                        .addApiResponse(
                                "410", new ApiResponse().description("The endpoint is gone: it is sent nothing more"))
                        .addApiResponse("default", new ApiResponse().description("Not taken: it is sent again")));
        for (String name : List.of("webhook-id", "webhook-timestamp", "webhook-signature")) {
            Schema<?> text = new Schema<>().types(Set.of("string"));
            Facts facts = words.parameters().get(name);
            Parameter header =
                    new Parameter().in("header").name(name).required(true).schema(text);
            if (facts != null) {
                header.description(facts.description()).example(facts.example());
            }
            operation.addParametersItem(header);
        }
        return operation;
    }

    private JsonNode document(String type, Event event) {
        ObjectNode document = examples.get("Event").deepCopy();
        document.put("type", type);
        JsonNode data = Examples.with(examples.get(event.data()), event.example());
        document.put("subject", event.subject() == null ? data.path("id").asText() : examples.id(event.subject()));
        document.set("data", data);
        return document;
    }
}
