package io.fincore.steps;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.fincore.outbox.ClientEventQuery;
import io.fincore.outbox.ClientEvents;
import io.fincore.outbox.EventDocument;
import io.fincore.postgres.DatabaseRole;
import io.fincore.postgres.EmbeddedDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/** What clients are sent of events, held against the API's committed description: {@code webhooks} of {@code api/openapi.yaml}. */
final class DescribedEvents {

    private static final int ALL = 10_000;
    private static final JsonNode DOCUMENT = read();
    private static final Map<String, JsonSchema> SCHEMAS = new ConcurrentHashMap<>();

    private DescribedEvents() {}

    private static JsonNode read() {
        try {
            return new ObjectMapper(new YAMLFactory())
                    .readTree(Path.of("../../api/openapi.yaml").toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Holds all events of the sagas' owner against their schemas, as the bytes that go out.
     *
     * @return the types that there were
     */
    static Set<String> require(EmbeddedDatabase database) {
        List<EventDocument> events = new ClientEvents(database.as(DatabaseRole.API))
                .list(
                        PaymentSaga.TENANT,
                        PaymentSaga.OWNER,
                        new ClientEventQuery(null, null, null, null, null, null, ALL));
        Set<String> types = new TreeSet<>();
        for (EventDocument event : events) {
            types.add(event.type());
            assertThat(schema(event.type()).validate(parse(event.toJson())))
                    .as(event.toJson())
                    .isEmpty();
        }
        return types;
    }

    private static JsonSchema schema(String type) {
        return SCHEMAS.computeIfAbsent(type, same -> {
            JsonNode described =
                    DOCUMENT.path("webhooks").path(type).at("/post/requestBody/content/application~1json/schema");
            assertThat(described.isObject()).as("%s is described", type).isTrue();
            ObjectNode whole = described.deepCopy();
            whole.set("components", DOCUMENT.path("components"));
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                    .getSchema(whole);
        });
    }

    private static JsonNode parse(String json) {
        try {
            return new ObjectMapper().readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
