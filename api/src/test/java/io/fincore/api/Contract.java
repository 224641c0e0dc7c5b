package io.fincore.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.fincore.api.Api.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * The committed description, as clients read it. Every answer that any test gets is held against it: its status, its body, the code of
 * its problem, and where it says that something was made.
 */
final class Contract {

    private static final JsonSchemaFactory SCHEMAS = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
    private static final JsonNode DOCUMENT = read();
    private static final Map<JsonNode, JsonSchema> COMPILED = new ConcurrentHashMap<>();

    private Contract() {}

    private static JsonNode read() {
        try {
            return new ObjectMapper(new YAMLFactory())
                    .readTree(Path.of("openapi.yaml").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Fails if an operation answers otherwise than it is described; what no operation serves is not described. */
    static Reply requireAsDescribed(HttpRequest request, Reply reply) {
        JsonNode operation = operation(request.method(), request.uri().getPath());
        if (operation.isMissingNode() || reply.status() == 405) {
            return reply;
        }
        String what = operation.path("operationId").asText() + " answers " + reply.status() + " " + reply.text();
        JsonNode response = resolve(operation.path("responses").path(Integer.toString(reply.status())));
        assertThat(response.isMissingNode()).as(what).isFalse();
        assertThat(reply.header("Request-Id")).as(what).isNotEmpty();
        assertThat(reply.headers().firstValue("Location").isPresent())
                .as("Location: " + what)
                .isEqualTo(response.path("headers").has("Location"));
        if (reply.status() == 503) {
            assertThat(reply.header("Retry-After")).as(what).isNotEmpty();
        }
        String type = reply.header("Content-Type").replaceAll(";.*", "");
        if (type.endsWith("json")) {
            JsonNode body = response.path("content").path(type);
            assertThat(mistakes(body.path("schema"), reply.json())).as(what).isEmpty();
            events(reply.json()).forEach(event -> {
                JsonNode described = event(event.path("type").asText());
                assertThat(described.isMissingNode()).as(what).isFalse();
                assertThat(mistakes(described.path("schema"), event)).as(what).isEmpty();
            });
            if (type.equals("application/problem+json")) {
                assertThat(body.path("examples").has(reply.code())).as(what).isTrue();
            }
        }
        return reply;
    }

    /** The events of an answer: its schema says no more of them than that they have a type. */
    private static Stream<JsonNode> events(JsonNode answer) {
        return Stream.concat(Stream.of(answer), elements(answer.path("data")))
                .filter(each -> each.path("object").asText().equals("event"));
    }

    /** How a type of event is described: its schema and an example, as the bytes that webhooks bring. */
    static JsonNode event(String type) {
        return DOCUMENT.path("webhooks").path(type).at("/post/requestBody/content/application~1json");
    }

    /** The data of the example that an event type is described with; of what is not described, none. */
    static ObjectNode data(String type) {
        return event(type).at("/examples/example/value/data") instanceof ObjectNode data
                ? data.deepCopy()
                : JsonNodeFactory.instance.objectNode();
    }

    /** The described operation that serves a path; missing if none does. */
    static JsonNode operation(String method, String path) {
        return DOCUMENT.path("paths").properties().stream()
                .filter(item -> path.matches(item.getKey().replaceAll("\\{[a-z_]+}", "[^/]+")))
                .min(Comparator.comparingInt(item -> item.getKey().split("\\{").length))
                .map(item -> item.getValue().path(method.toLowerCase(Locale.ROOT)))
                .orElse(MissingNode.getInstance());
    }

    /** What is wrong with a value, in words. */
    static List<String> mistakes(JsonNode schema, JsonNode value) {
        return COMPILED.computeIfAbsent(schema, Contract::compile).validate(value).stream()
                .map(ValidationMessage::toString)
                .toList();
    }

    private static JsonSchema compile(JsonNode schema) {
        ObjectNode whole = schema.isObject() ? schema.deepCopy() : new ObjectMapper().createObjectNode();
        whole.set("components", DOCUMENT.path("components"));
        return SCHEMAS.getSchema(whole);
    }

    /** Described operations, and the deliveries of events. */
    static Stream<JsonNode> operations() {
        return Stream.of("paths", "webhooks")
                .flatMap(part -> elements(DOCUMENT.path(part)).flatMap(Contract::elements));
    }

    static JsonNode at(String pointer) {
        return DOCUMENT.at(pointer);
    }

    /** The thing itself, or what it refers to. */
    static JsonNode resolve(JsonNode node) {
        return node.has("$ref") ? DOCUMENT.at(node.path("$ref").asText().substring(1)) : node;
    }

    private static Stream<JsonNode> elements(JsonNode node) {
        return StreamSupport.stream(node.spliterator(), false);
    }
}
