package io.fincore.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fincore.api.Api.Reply;
import io.fincore.api.Api.User;
import io.fincore.money.IdType;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.ConfigurableApplicationContext;

class SecurityTest {

    private final Api api = Platform.sharedApi();

    private final User ada = api.user("ada-" + IdType.REQUEST.next());

    /** Besides those of {@link AuthorizationMatrixTest}. */
    static Stream<Arguments> badTokens() {
        Tokens tokens = Tokens.of(Platform.sharedApi().user("ada"));
        return Stream.of(
                Arguments.of("no tenant", tokens.with("tenant", "")),
                Arguments.of("a blank tenant", tokens.with("tenant", " ")),
                Arguments.of("a tenant that is no text", tokens.with("tenant", List.of("acme"))),
                Arguments.of("a tenant of 201 characters", tokens.with("tenant", "x".repeat(201))),
                Arguments.of("a blank subject", tokens.with("sub", " ")),
                Arguments.of(
                        "not valid yet",
                        tokens.with("nbf", Instant.now().plusSeconds(600).getEpochSecond())),
                Arguments.of("garbage", "abc.def.ghi"),
                Arguments.of("not a token's characters", "a b"),
                Arguments.of("empty", ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badTokens")
    void refusesTokensThatNameNobody(String name, String token) {
        Reply reply = get("/v1/payments", token);

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.code()).isEqualTo("unauthenticated");
        assertThat(reply.header("WWW-Authenticate")).startsWith("Bearer");
        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(reply.json().path("request_id").asText()).isEqualTo(reply.header("Request-Id"));
    }

    @Test
    void aClaimOfAnotherFormGrantsNothing() {
        Tokens tokens = Tokens.of(ada);

        assertThat(get("/v1/payments", tokens.with("scope", List.of("payments:read")))
                        .code())
                .isEqualTo("insufficient_scope");
        assertThat(get("/v1/payments", tokens.with("scope", "")).code()).isEqualTo("insufficient_scope");
        assertThat(get("/v1/payments", tokens.with("scope", "payments:readx xpayments:read payments"))
                        .code())
                .isEqualTo("insufficient_scope");
        assertThat(get("/v1/admin/sagas", tokens.with("roles", "operator")).code())
                .isEqualTo("insufficient_role");
        assertThat(get("/v1/admin/sagas", tokens.with("roles", List.of(List.of("operator"))))
                        .code())
                .isEqualTo("insufficient_role");
        assertThat(get("/v1/admin/sagas", tokens.with("roles", List.of("admin", "Operator")))
                        .code())
                .isEqualTo("insufficient_role");
    }

    @Test
    void aScopeIsNoRoleAndARoleNoScope() {
        assertThat(get("/v1/admin/sagas", Tokens.of(ada.withRoles()).with("scope", "admin operator ROLE_operator"))
                        .code())
                .isEqualTo("insufficient_role");
        assertThat(get("/v1/payments", Tokens.of(ada).with("roles", List.of("payments:read", "SCOPE_payments:read")))
                        .status())
                .isEqualTo(200);
        assertThat(get(
                                "/v1/payments",
                                Tokens.of(ada.withScopes("").withRoles("payments:read"))
                                        .right())
                        .code())
                .isEqualTo("insufficient_scope");
    }

    @Test
    void whatIsAtNoRouteIsToldToWhoeverHasAToken() {
        assertThat(api.send(api.request("/v1/nothing").GET()).code()).isEqualTo("unauthenticated");
        assertThat(ada.withScopes("").withRoles().get("/v1/nothing").code()).isEqualTo("not_found");
    }

    private Reply get(String path, String token) {
        return api.send(
                api.request(path).header("Authorization", "Bearer " + token).GET());
    }

    @Test
    void startsWhileTheIssuerIsDownAndSaysSo() {
        int nobody = Platform.freePort();
        try (ConfigurableApplicationContext context =
                Platform.shared().startApi("fincore.security.issuer", "http://127.0.0.1:" + nobody + "/fincore")) {
            Api lonely = new Api(Platform.shared(), context);

            Reply reply = lonely.user("ada").get("/v1/payments");

            assertThat(reply.status()).isEqualTo(503);
            assertThat(reply.code()).isEqualTo("service_unavailable");
            assertThat(reply.header("Retry-After")).isEqualTo("2");
        }
    }
}
