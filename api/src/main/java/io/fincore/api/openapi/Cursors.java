package io.fincore.api.openapi;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springframework.http.MediaType;

/** Says of the cursors of a list that they look as the ids of what it lists. */
final class Cursors {

    private static final Set<String> NAMES = Set.of("starting_after", "ending_before");

    private Cursors() {}

    static void customise(OpenAPI api) {
        api.getPaths().values().stream()
                .flatMap(path -> path.readOperations().stream())
                .filter(operation -> operation.getParameters() != null)
                .forEach(operation -> operation.getParameters().stream()
                        .filter(parameter -> NAMES.contains(parameter.getName()))
                        .forEach(cursor -> cursor.getSchema().setPattern(ids(api, operation))));
    }

    private static String ids(OpenAPI api, Operation operation) {
        ApiResponse answer = named("200", operation.getResponses());
        Schema<?> page =
                named(MediaType.APPLICATION_JSON_VALUE, answer.getContent()).getSchema();
        Schema<?> row =
                resolved(api, named("data", resolved(api, page).getProperties()).getItems());
        return Objects.requireNonNull(
                named("id", row.getProperties()).getPattern(),
                () -> operation.getOperationId() + " lists ids without a pattern");
    }

    private static Schema<?> resolved(OpenAPI api, Schema<?> reference) {
        return named(
                RecordNames.simpleName(reference.get$ref()), api.getComponents().getSchemas());
    }

    private static <T> T named(String name, Map<String, T> all) {
        return Objects.requireNonNull(all.get(name), name);
    }
}
