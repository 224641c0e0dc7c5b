package io.fincore.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every operation of the committed api/openapi.yaml × every way to come with the wrong token or no key: the running API does what the file says,
 * and what is refused leaves the object so that the right caller still succeeds on it.
 */
class AuthorizationMatrixTest {

    private static final JsonNode PATHS = read().path("paths");
    private static final Map<String, JsonNode> DESCRIBED = described();

    private final Api api = Platform.sharedApi();

    private static JsonNode read() {
        try {
            return new YAMLMapper().readTree(Path.of("openapi.yaml").toFile());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, JsonNode> described() {
        Map<String, JsonNode> operations = new TreeMap<>();
        PATHS.properties()
                .forEach(path -> path.getValue()
                        .properties()
                        .forEach(one -> operations.put(
                                one.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(), one.getValue())));
        return operations;
    }

    static Stream<String> operations() {
        return AuthorizationMatrix.ROWS.stream().map(MatrixRow::operation);
    }

    @Test
    void knowsEveryOperationAndNoOther() {
        assertThat(operations())
                .as("Each operation of api/openapi.yaml needs a row in AuthorizationMatrix.ROWS, which says how"
                        + " the right caller calls it and whose objects it shows (own, tenant, everybody), and a"
                        + " row in AccessRules, which says the scope and role; then OpenApiTest with"
                        + " -Dfincore.write=true writes api/openapi.yaml anew")
                .containsExactlyInAnyOrderElementsOf(DESCRIBED.keySet());
    }

    /** What no slip in AccessRules may undo, whatever the description says. */
    @Test
    void readingScopesChangeNothingAndPeoplesWorkNeedsARole() {
        DESCRIBED.keySet().forEach(operation -> {
            MatrixNeeds needs = needs(operation);
            if (!operation.contains("/v1/inbound/")) {
                assertThat(needs.scope()).as(operation).isNotEmpty();
                assertThat(needs.scope().endsWith(":read") && !operation.startsWith("GET "))
                        .as(operation + " by " + needs.scope())
                        .isFalse();
            }
            // What officers have noted about a person is in their export.
            boolean administrative = operation.contains(" /v1/admin/") || operation.endsWith("/export");
            assertThat(needs.scope().equals("admin")).as(operation).isEqualTo(administrative);
            assertThat(needs.role().isEmpty())
                    .as(operation)
                    .isNotEqualTo(administrative || operation.contains(" /v1/compliance-cases"));
        });
    }

    /** Likewise: what moves money, or lets it be moved, is not done twice because an answer was lost. */
    @Test
    void everyPostNeedsAKeyButTheseFew() {
        assertThat(DESCRIBED.keySet().stream()
                        .filter(operation -> operation.startsWith("POST /v1/"))
                        .filter(operation -> !needs(operation).key())
                        .map(operation -> operation.substring("POST /v1/".length())))
                .containsExactlyInAnyOrder(
                        "inbound/bank/events",
                        "inbound/kyc/events",
                        "customers",
                        "customers/{id}/erasures/{erasure}/cancellations",
                        "wallets",
                        "wallets/{id}/freeze",
                        "wallets/{id}/unfreeze",
                        "wallets/{id}/close",
                        "payments/{id}/cancellations",
                        "compliance-cases/{id}/assignments",
                        "compliance-cases/{id}/notes",
                        "admin/inbound-events/{id}/replays",
                        "admin/inbound-replays",
                        "webhook-endpoints",
                        "webhook-endpoints/{id}/secret-rotations",
                        "webhook-endpoints/{id}/pause",
                        "webhook-endpoints/{id}/resume",
                        "webhook-endpoints/{id}/replays",
                        "webhook-endpoints/{id}/deliveries/{delivery}/resends");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("operations")
    void opensToTheRightCallerOnly(String operation) {
        MatrixRow row = AuthorizationMatrix.ROWS.stream()
                .filter(one -> one.operation().equals(operation))
                .findAny()
                .orElseThrow();
        MatrixNeeds needs = needs(operation);

        assertThat(lines(new MatrixTrial(api, row, needs).outcomes()))
                .isEqualTo(lines(MatrixExpectation.of(row, needs)));
    }

    private static String lines(Map<String, String> cells) {
        return cells.entrySet().stream()
                .map(cell -> cell.getKey() + ": " + cell.getValue())
                .collect(Collectors.joining("\n"));
    }

    private static MatrixNeeds needs(String operation) {
        JsonNode description = Objects.requireNonNull(DESCRIBED.get(operation), operation);
        return new MatrixNeeds(
                description.path("security").path(0).path("token").path(0).asText(),
                description.path("x-required-roles").path(0).asText(),
                description
                        .path("parameters")
                        .valueStream()
                        .map(Contract::resolve)
                        .anyMatch(parameter -> parameter.path("name").asText().equals("Idempotency-Key")
                                && parameter.path("required").asBoolean()));
    }
}
