package io.fincore.api.openapi;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springdoc.core.customizers.OpenApiCustomizer;

/** Gives every operation the headers that tell of limits, where clients look at them, and the one that tells when to come again. */
final class LimitHeaders implements OpenApiCustomizer {

    private static final Header POLICY = header(
            "string",
            "The limits that the request counts for, each with requests (`q`) in seconds (`w`) and how many may come at once"
                    + " (draft-ietf-httpapi-ratelimit-headers-11)",
            "\"principal\";q=1000;w=1;fincore-burst=2000, \"wallet\";q=100;w=1;fincore-burst=200");
    private static final Header LIMIT = header(
            "string",
            "What is left of each, as far as this replica knows: requests (`r`) for the next seconds (`t`)",
            "\"principal\";r=1999;t=1, \"wallet\";r=0;t=1");
    private static final Header RETRY_AFTER = header("integer", "Seconds after which a repetition makes sense", 1);

    /** After problems: these answers have to be there. */
    @Override
    public void customise(OpenAPI api) {
        api.getComponents()
                .addHeaders("RateLimit-Policy", POLICY)
                .addHeaders("RateLimit", LIMIT)
                .addHeaders("Retry-After", RETRY_AFTER);
        api.getPaths()
                .forEach((path, item) -> item.readOperations().forEach(operation -> {
                    if (!path.startsWith("/v1/inbound")) {
                        operation.getResponses().forEach((status, answer) -> {
                            if (status.startsWith("2") || status.equals("429")) {
                                refer(answer, "RateLimit-Policy", "RateLimit");
                            }
                        });
                    }
                    retried(operation).forEach(answer -> refer(answer, "Retry-After"));
                }));
    }

    private static List<ApiResponse> retried(Operation operation) {
        return operation.getResponses().entrySet().stream()
                .filter(answer -> Set.of("429", "503").contains(answer.getKey()))
                .map(Map.Entry::getValue)
                .toList();
    }

    private static void refer(ApiResponse answer, String... headers) {
        for (String name : headers) {
            answer.addHeaderObject(name, new Header().$ref("#/components/headers/" + name));
        }
    }

    private static Header header(String type, String description, Object example) {
        return new Header()
                .description(description)
                .schema(new Schema<>().types(Set.of(type)))
                .example(example);
    }
}
