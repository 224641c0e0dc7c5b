package io.fincore.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fincore.api.Api.Reply;
import io.fincore.api.Api.User;
import io.fincore.api.AuthorizationMatrix.Call;
import io.fincore.api.AuthorizationMatrix.Reach;
import io.fincore.api.AuthorizationMatrix.Row;
import io.fincore.money.IdType;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every operation of the committed api/openapi.yaml × every way to come with the wrong token: the running API does what the file says,
 * and what is refused leaves the object so that the right caller still succeeds on it.
 */
class AuthorizationMatrixTest {

    private static final String INVALID = "401 unauthenticated [Bearer error=\"invalid_token\"]";
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
                        .forEach(one ->
                                operations.put(one.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(), one.getValue())));
        return operations;
    }

    static Stream<String> operations() {
        return AuthorizationMatrix.ROWS.stream().map(Row::operation);
    }

    @Test
    void knowsEveryOperationAndNoOther() {
        assertThat(operations())
                .as("Each operation of api/openapi.yaml needs a row in AuthorizationMatrix.ROWS, which says how the right caller calls it"
                        + " and whose objects it shows (own, tenant, everybody), and a row in AccessRules, which says the scope and"
                        + " role; then OpenApiTest with -Dfincore.write=true writes api/openapi.yaml anew")
                .containsExactlyInAnyOrderElementsOf(DESCRIBED.keySet());
    }

    /** What no slip in AccessRules may undo, whatever the description says. */
    @Test
    void readingScopesChangeNothingAndPeoplesWorkNeedsARole() {
        DESCRIBED.forEach((operation, description) -> {
            if (!operation.contains("/v1/inbound/")) {
                assertThat(scope(description)).as(operation).isNotEmpty();
                assertThat(scope(description).endsWith(":read") && !operation.startsWith("GET "))
                        .as(operation + " by " + scope(description))
                        .isFalse();
            }
            // What officers have noted about a person is in their export.
            boolean administrative = operation.contains(" /v1/admin/") || operation.endsWith("/export");
            assertThat(scope(description).equals("admin")).as(operation).isEqualTo(administrative);
            assertThat(role(description).isEmpty())
                    .as(operation)
                    .isNotEqualTo(administrative || operation.contains(" /v1/compliance-cases"));
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("operations")
    void opensToTheRightCallerOnly(String operation) {
        Row row = AuthorizationMatrix.ROWS.stream()
                .filter(one -> one.operation().equals(operation))
                .findAny()
                .orElseThrow();
        JsonNode description = DESCRIBED.get(operation);

        assertThat(lines(actual(row, description))).isEqualTo(lines(expected(row, description)));
    }

    private static String lines(Map<String, String> cells) {
        return cells.entrySet().stream()
                .map(cell -> cell.getKey() + ": " + cell.getValue())
                .collect(Collectors.joining("\n"));
    }

    private static Map<String, String> expected(Row row, JsonNode description) {
        boolean signed = row.reach() == Reach.SIGNED;
        String unsigned = "401 signature_invalid";
        String right = Integer.toString(row.right());
        String others = "404 " + row.notFound() + ", as of nothing";
        Map<String, String> cells = new LinkedHashMap<>();
        cells.put("no token", signed ? unsigned : "401 unauthenticated [Bearer]");
        List.of("expired", "wrong audience", "wrong issuer", "alg none", "HS256 with the public key")
                .forEach(wrong -> cells.put(wrong, INVALID));
        cells.put(
                "missing scope",
                signed
                        ? unsigned
                        : "403 insufficient_scope [Bearer error=\"insufficient_scope\", scope=\"" + scope(description) + "\"]");
        cells.put(
                "missing role",
                signed
                        ? unsigned
                        : role(description).isEmpty()
                                ? "any"
                                : "403 insufficient_role [Bearer error=\"insufficient_scope\", scope=\"%s\", error_description=\"needs the role %s\"]"
                                        .formatted(scope(description), role(description)));
        cells.put("other owner", switch (row.reach()) {
            case OWN -> others;
            case OWN_LIST -> right + " without";
            case TENANT, EVERYBODY -> right;
            case TENANT_LIST -> right + " with";
            case SIGNED -> unsigned;
        });
        cells.put("other tenant", switch (row.reach()) {
            case OWN, TENANT -> others;
            case OWN_LIST, TENANT_LIST -> right + " without";
            case EVERYBODY -> right;
            case SIGNED -> unsigned;
        });
        cells.put("right", row.reach() == Reach.OWN_LIST || row.reach() == Reach.TENANT_LIST ? right + " with" : right);
        return cells;
    }

    private Map<String, String> actual(Row row, JsonNode description) {
        Ground ground = Ground.fresh(api);
        Call call = row.call().apply(ground);
        // Nobody decides their own payment's case: where others of the tenant may act, one of them is the right one.
        User caller = row.reach() == Reach.TENANT ? ground.person("olga") : ground.ada();
        Tokens tokens = Tokens.of(caller);
        Map<String, String> cells = new LinkedHashMap<>();
        cells.put("no token", outcome(row, api.send(call.request(caller))));
        cells.put("expired", outcome(row, send(call, caller, tokens.expired())));
        cells.put("wrong audience", outcome(row, send(call, caller, tokens.forOthers())));
        cells.put("wrong issuer", outcome(row, send(call, caller, tokens.ofOthers())));
        cells.put("alg none", outcome(row, send(call, caller, tokens.unsigned())));
        cells.put("HS256 with the public key", outcome(row, send(call, caller, tokens.signedWithThePublicKey())));
        cells.put("missing scope", outcome(row, send(call, caller.withScopes(without(Api.ALL_SCOPES.split(" "), scope(description))))));
        cells.put(
                "missing role",
                role(description).isEmpty() && row.reach() != Reach.SIGNED
                        ? "any"
                        : outcome(row, send(call, caller.withRoles(without(Api.ALL_ROLES.toArray(String[]::new), role(description)).split(" ")))));
        cells.put("other owner", others(row, call, ground, caller, "eve"));
        User elsewhere = new User(api, "elsewhere", caller.principal(), Api.ALL_SCOPES);
        cells.put("other tenant", compared(row, call, elsewhere, caller));
        // Whom no role helps needs none.
        User right = role(description).isEmpty() ? caller.withRoles() : caller.withRoles(role(description));
        cells.put(
                "right",
                row.reach() == Reach.SIGNED
                        ? Integer.toString(signed(call).status())
                        : outcome(row, send(call, right.withScopes(scope(description)))));
        return cells;
    }

    /** Whom the operation is open to must not use up the object that the right caller is tried on. */
    private String others(Row row, Call call, Ground ground, User caller, String name) {
        if (row.reach() == Reach.TENANT) {
            Ground another = Ground.fresh(api);
            return outcome(row, send(row.call().apply(another), another.person(name)));
        }
        return compared(row, call, ground.person(name), caller);
    }

    private String compared(Row row, Call call, User stranger, User caller) {
        Reply reply = send(call, stranger);
        String outcome = outcome(row, reply);
        if (reply.status() != 404) {
            return outcome;
        }
        Reply nothing = send(call.ofNothing(), caller);
        return outcome + (said(reply).equals(said(nothing)) ? ", as of nothing" : ", unlike " + nothing.text());
    }

    /** The problem without the names of this one request. */
    private static JsonNode said(Reply reply) {
        return ((ObjectNode) reply.json()).remove(List.of("instance", "request_id", "correlation_id"));
    }

    private Reply send(Call call, User user) {
        return send(call, user, Tokens.of(user).right());
    }

    private Reply send(Call call, User user, String token) {
        HttpRequest.Builder request = call.request(user);
        return api.send(request.header("Authorization", "Bearer " + token));
    }

    private Reply signed(Call call) {
        String eventId = "be_" + IdType.REQUEST.next();
        return call.path().contains("/bank/")
                ? InboundTest.callback(api, eventId, call.body())
                : InboundTest.kycCallback(api, eventId, call.body());
    }

    private static String outcome(Row row, Reply reply) {
        String challenge = reply.header("WWW-Authenticate");
        boolean list = row.reach() == Reach.OWN_LIST || row.reach() == Reach.TENANT_LIST;
        return reply.status()
                + (reply.status() >= 400 ? " " + reply.code() : "")
                + (challenge.isEmpty() ? "" : " [" + challenge + "]")
                + (list && reply.status() == 200 ? reply.json().path("data").isEmpty() ? " without" : " with" : "");
    }

    private static String scope(JsonNode description) {
        return description.path("security").path(0).path("token").path(0).asText();
    }

    private static String role(JsonNode description) {
        return description.path("x-required-roles").path(0).asText();
    }

    private static String without(String[] all, String one) {
        return Arrays.stream(all).filter(name -> !name.equals(one)).collect(Collectors.joining(" "));
    }
}
