package io.fincore.api.openapi;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.Collections;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Says once what many operations have: else nobody could read the file, or what changes in it. */
final class Shared {

    private final Words words;

    Shared(Words words) {
        this.words = words;
    }

    void customise(OpenAPI api) {
        operations(api)
                .forEach(operation -> operation.getResponses().replaceAll((status, response) -> {
                    String name = name(response);
                    if (name == null) {
                        return response;
                    }
                    Map<String, ApiResponse> shared =
                            Objects.requireNonNullElse(api.getComponents().getResponses(), Map.of());
                    ApiResponse same = shared.get(name);
                    if (same != null && !same.equals(response)) {
                        return response;
                    }
                    api.getComponents().addResponses(name, response);
                    return new ApiResponse().$ref("#/components/responses/" + name);
                }));
        Set<Parameter> seen = new HashSet<>();
        Set<Parameter> repeated = operations(api)
                .filter(operation -> operation.getParameters() != null)
                .flatMap(operation -> operation.getParameters().stream())
                .filter(parameter -> !seen.add(parameter))
                .collect(Collectors.toUnmodifiableSet());
        operations(api)
                .filter(operation -> operation.getParameters() != null)
                .forEach(operation -> operation
                        .getParameters()
                        .replaceAll(parameter -> repeated.contains(parameter) ? share(api, parameter) : parameter));
    }

    private Parameter share(OpenAPI api, Parameter parameter) {
        Facts facts = words.parameters().get(parameter.getName());
        if (facts == null || !Objects.equals(facts.description(), parameter.getDescription())) {
            return parameter;
        }
        String name = parameter.getName().replace('[', '.').replace("]", "")
                + (parameter.getName().equals("Idempotency-Key") && !parameter.getRequired() ? ".optional" : "");
        Map<String, Parameter> shared =
                Objects.requireNonNullElse(api.getComponents().getParameters(), Map.of());
        Parameter same = shared.get(name);
        if (same != null && !same.equals(parameter)) {
            return parameter;
        }
        api.getComponents().addParameters(name, parameter);
        return new Parameter().$ref("#/components/parameters/" + name);
    }

    /** Of its problems; null if it is no answer with problems. */
    private static @Nullable String name(ApiResponse response) {
        MediaType problem =
                response.getContent() == null ? null : response.getContent().get("application/problem+json");
        return problem == null || problem.getExamples() == null
                ? null
                : String.join(".", new TreeSet<>(problem.getExamples().keySet()));
    }

    private static Stream<Operation> operations(OpenAPI api) {
        return Stream.of(
                        api.getPaths(),
                        Objects.requireNonNullElse(
                                api.getWebhooks(), Collections.<String, io.swagger.v3.oas.models.PathItem>emptyMap()))
                .flatMap(items -> new TreeMap<>(items).values().stream())
                .flatMap(item -> item.readOperations().stream());
    }
}
