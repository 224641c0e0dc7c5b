package io.fincore.api.openapi;

import io.fincore.api.problem.ProblemType;
import io.fincore.api.security.AccessRules;
import io.fincore.api.security.KeyUse;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Gives requests and answers their headers. */
final class Headers {

    private final Words words;

    Headers(Words words) {
        this.words = words;
    }

    void customise(OpenAPI api) {
        words.headers().forEach((name, facts) -> {
            Schema<?> schema = new Schema<>().types(Set.of(name.equals("Retry-After") ? "integer" : "string"));
            facts.restrict(schema);
            api.getComponents()
                    .addHeaders(
                            name,
                            new Header()
                                    .description(facts.description())
                                    .schema(schema)
                                    .example(facts.example()));
        });
        api.getPaths()
                .forEach((path, item) -> item.readOperationsMap().forEach((method, operation) -> {
                    accept(path, operation, method);
                    operation.getResponses().forEach((status, response) -> answer(operation, method, status, response));
                }));
    }

    private static void accept(String path, Operation operation, HttpMethod method) {
        if (takes(operation, "Idempotency-Key")) {
            boolean required = AccessRules.key(method.name(), path) == KeyUse.REQUIRED;
            operation.getParameters().stream()
                    .filter(parameter -> parameter.getName().equals("Idempotency-Key"))
                    .forEach(parameter -> parameter.setRequired(required));
        }
        for (String name : List.of("Correlation-Id", "traceparent")) {
            operation.addParametersItem(header(name));
        }
        if (method == HttpMethod.GET) {
            operation.addParametersItem(header("If-None-Match"));
            operation
                    .getResponses()
                    .addApiResponse(
                            "304", new ApiResponse().description("It is what the ETag in `If-None-Match` stands for"));
        }
    }

    private static Parameter header(String name) {
        return new Parameter().in("header").name(name).required(false).schema(new Schema<>().types(Set.of("string")));
    }

    private void answer(Operation operation, HttpMethod method, String status, ApiResponse response) {
        boolean success = status.startsWith("2");
        add(response, "Request-Id");
        add(response, "Correlation-Id");
        if (method == HttpMethod.GET && (status.equals("200") || status.equals("304"))) {
            add(response, "ETag");
        }
        if (takes(operation, "Idempotency-Key") && (success || status.equals("409"))) {
            add(response, "Idempotent-Replayed");
        }
        if (takes(operation, "Prefer") && success) {
            add(response, "Preference-Applied");
        }
        if (success && words.isLocated(operation.getOperationId())) {
            add(response, "Location");
        }
        if (Set.of("429", "503").contains(status)
                || examples(response).contains(ProblemType.IDEMPOTENCY_KEY_IN_FLIGHT.code())) {
            add(response, "Retry-After");
        }
        if (status.equals("401") || status.equals("403")) {
            add(response, "WWW-Authenticate");
        }
    }

    private static boolean takes(Operation operation, String header) {
        return Objects.requireNonNullElse(operation.getParameters(), List.<Parameter>of()).stream()
                .anyMatch(parameter -> parameter.getName().equals(header));
    }

    private static Set<String> examples(ApiResponse response) {
        return response.getContent() == null
                ? Set.of()
                : response.getContent().values().stream()
                        .map(type -> Objects.requireNonNullElse(type.getExamples(), Map.<String, Object>of())
                                .keySet())
                        .findFirst()
                        .orElse(Set.of());
    }

    private static void add(ApiResponse response, String name) {
        response.addHeaderObject(name, new Header().$ref("#/components/headers/" + name));
    }
}
