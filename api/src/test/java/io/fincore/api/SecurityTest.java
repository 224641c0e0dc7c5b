package io.fincore.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import io.fincore.api.Api.Reply;
import io.fincore.api.Api.User;
import io.fincore.money.IdType;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.context.ConfigurableApplicationContext;

class SecurityTest {

    private final Api api = Platform.sharedApi();

    static Stream<Arguments> badTokens() {
        return Stream.of(
                Arguments.of("another issuer", token("strangers", "fincore-api", Map.of("tenant", "acme"), 60)),
                Arguments.of("another audience", token("fincore", "someone-else", Map.of("tenant", "acme"), 60)),
                Arguments.of("expired", token("fincore", "fincore-api", Map.of("tenant", "acme"), -600)),
                Arguments.of("no tenant", token("fincore", "fincore-api", Map.of(), 60)),
                Arguments.of("unsigned", unsigned()),
                Arguments.of("garbage", "abc.def.ghi"));
    }

    private static String token(String issuer, String audience, Map<String, Object> claims, long seconds) {
        return Platform.shared()
                .issuer
                .issueToken(
                        issuer,
                        "client",
                        new DefaultOAuth2TokenCallback(
                                issuer, "ada", JOSEObjectType.JWT.getType(), List.of(audience), claims, seconds))
                .serialize();
    }

    private static String unsigned() {
        return new PlainJWT(new JWTClaimsSet.Builder()
                        .issuer(Platform.shared().issuer.issuerUrl("fincore").toString())
                        .audience("fincore-api")
                        .subject("ada")
                        .claim("tenant", "acme")
                        .claim("scope", Api.ALL_SCOPES)
                        .expirationTime(Date.from(Instant.now().plusSeconds(60)))
                        .build())
                .serialize();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badTokens")
    void refusesTokensThatAreNotForUs(String name, String token) {
        Reply reply = api.send(api.request("/v1/payments")
                .header("Authorization", "Bearer " + token)
                .GET());

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.code()).isEqualTo("unauthenticated");
        assertThat(reply.header("WWW-Authenticate")).startsWith("Bearer");
        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(reply.json().path("request_id").asText()).isEqualTo(reply.header("Request-Id"));
    }

    @Test
    void refusesRequestsWithoutAToken() {
        Reply reply = api.send(api.request("/v1/payments").GET());

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.code()).isEqualTo("unauthenticated");
        assertThat(reply.header("WWW-Authenticate")).isEqualTo("Bearer");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1/payments, payments:read",
        "GET, /v1/payments/pay_x, payments:read",
        "GET, /v1/payments/pay_x/timeline, payments:read",
        "POST, /v1/payments, payments:write",
        "POST, /v1/payments/pay_x/cancellations, payments:write",
        "POST, /v1/payments/pay_x/refunds, refunds:write",
        "GET, /v1/payments/pay_x/refunds, payments:read",
        "GET, /v1/refunds/ref_x, payments:read",
        "GET, /v1/wallets/wal_x, wallets:read",
        "GET, /v1/wallets/wal_x/balance, wallets:read",
        "POST, /v1/wallets, wallets:write",
        "GET, /v1/wallets/wal_x/transactions, wallets:read",
        "GET, /v1/wallets/wal_x/statement, wallets:read",
        "POST, /v1/wallets/wal_x/deposits, wallets:write",
        "POST, /v1/wallets/wal_x/withdrawals, wallets:write",
        "POST, /v1/wallets/wal_x/freeze, wallets:write",
        "POST, /v1/wallets/wal_x/unfreeze, wallets:write",
        "POST, /v1/wallets/wal_x/close, wallets:write",
        "POST, /v1/transfers, wallets:write",
        "POST, /v1/transfers/batch, wallets:write",
        "POST, /v1/customers, customers:write",
        "GET, /v1/customers/cus_x, customers:write",
        "POST, /v1/customers/cus_x/activations, customers:write",
        "GET, /v1/customers/cus_x/activations/act_x, customers:write",
        "GET, /v1/compliance-cases, cases:write",
        "GET, /v1/compliance-cases/case_x, cases:write",
        "POST, /v1/compliance-cases/case_x/resolutions, cases:write",
        "POST, /v1/compliance-cases/case_x/notes, cases:write",
        "POST, /v1/compliance-cases/case_x/assignments, cases:write",
        "GET, /v1/admin/sagas, admin",
        "GET, /v1/admin/sagas/pay_x, admin",
        "GET, /v1/admin/sagas/pay_x/compensation-plan, admin",
        "GET, /v1/admin/sagas/pay_x/interventions/int_x, admin",
        "POST, /v1/admin/sagas/pay_x/interventions, admin",
        "POST, /v1/admin/sagas/pay_x/interventions/int_x/approvals, admin"
    })
    void opensARouteToItsScopeOnly(String method, String path, String scope) {
        User none = api.user("ada").withScopes(Api.ALL_SCOPES.replace(scope, "").strip());
        User all = api.user("ada").withScopes(scope);

        Reply denied = method.equals("GET") ? none.get(path) : none.post(path, "{}");
        Reply allowed = method.equals("GET") ? all.get(path) : all.post(path, "{}");

        assertThat(denied.status()).isEqualTo(403);
        assertThat(denied.code()).isEqualTo("insufficient_scope");
        assertThat(denied.header("WWW-Authenticate")).contains("insufficient_scope");
        assertThat(allowed.status()).isIn(200, 400, 404);
    }

    @Test
    void showsNobodyWhatIsNotTheirs() {
        User ada = api.user("ada-" + IdType.REQUEST.next());
        User eve = api.user("eve-" + IdType.REQUEST.next());
        User sameNameElsewhere = new User(api, "other-tenant", ada.principal(), Api.ALL_SCOPES);
        String wallet = ada.newWallet("EUR", 100_000);
        String customer =
                ada.get("/v1/wallets/" + wallet).json().path("customer").asText();
        String payment = ada.order("/v1/payments", Api.paymentBody(wallet, 1, "ACME"))
                .json()
                .path("id")
                .asText();

        for (User stranger : List.of(eve, sameNameElsewhere)) {
            assertThat(stranger.get("/v1/payments/" + payment).code()).isEqualTo("payment_not_found");
            assertThat(stranger.get("/v1/payments/" + payment + "/timeline").code())
                    .isEqualTo("payment_not_found");
            assertThat(stranger.post("/v1/payments/" + payment + "/cancellations", "{}")
                            .code())
                    .isEqualTo("payment_not_found");
            assertThat(stranger.get("/v1/payments").json().path("data")).isEmpty();
            assertThat(stranger.get("/v1/wallets/" + wallet).code()).isEqualTo("wallet_not_found");
            assertThat(stranger.get("/v1/wallets/" + wallet + "/balance").code())
                    .isEqualTo("wallet_not_found");
            assertThat(stranger.order("/v1/wallets/" + wallet + "/deposits", "{\"amount\":1,\"currency\":\"EUR\"}")
                            .code())
                    .isEqualTo("wallet_not_found");
            assertThat(stranger.order("/v1/payments", Api.paymentBody(wallet, 1, "ACME"))
                            .code())
                    .isEqualTo("wallet_not_found");
            assertThat(stranger.get("/v1/customers/" + customer).code()).isEqualTo("customer_not_found");
            assertThat(stranger.get("/v1/wallets?customer=" + customer).code()).isEqualTo("customer_not_found");
            assertThat(stranger.post("/v1/wallets", "{\"customer\":\"" + customer + "\",\"currency\":\"USD\"}")
                            .code())
                    .isEqualTo("customer_not_found");
        }
        assertThat(ada.get("/v1/payments/" + payment).json().path("status").asText())
                .isEqualTo("processing");
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
