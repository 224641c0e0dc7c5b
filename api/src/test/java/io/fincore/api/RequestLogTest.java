package io.fincore.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fincore.api.Api.Reply;
import io.fincore.api.Api.User;
import io.fincore.money.IdType;
import java.net.http.HttpRequest;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One line of JSON for each request, whoever answered it, and nothing in it that is somebody's. */
class RequestLogTest {

    private static final String CANARY = "Canary4711";

    private final Api api = Platform.sharedApi();
    private final User ada = api.user("ada-" + IdType.REQUEST.next());
    private final Console console = new Console();

    @AfterEach
    void giveBack() {
        console.close();
    }

    @Test
    void tellsWhatWasDoneByWhom() {
        Reply reply = ada.order(
                "/v1/customers", "{\"name\":\"Ada\",\"email\":\"a@b.example\"}", "Correlation-Id", "order-4711");

        assertThat(line(reply))
                .isEqualTo(Map.of(
                        "requestId", reply.header("Request-Id"),
                        "correlationId", "order-4711",
                        "actorId", ada.principal(),
                        "route", "/v1/customers",
                        "operation", "Customer_create",
                        "method", "POST",
                        "status", "201",
                        "outcome", "ok"));
        assertThat(console.request(reply.header("Request-Id"))
                        .path("durationMs")
                        .isIntegralNumber())
                .isTrue();
        assertThat(console.request(reply.header("Request-Id")).path("traceId").asText())
                .hasSize(32);
    }

    @Test
    void tellsTheTemplateOfThePathAndWhyItWasRefused() {
        Reply reply = ada.get("/v1/payments/" + CANARY + "?expand=" + CANARY);
        Reply notFound = ada.get("/v1/payments/" + CANARY);

        assertThat(line(reply)).containsEntry("errorCode", "invalid_parameter");
        assertThat(line(notFound))
                .containsEntry("route", "/v1/payments/{id}")
                .containsEntry("operation", "Payment_read")
                .containsEntry("status", "404")
                .containsEntry("outcome", "refused")
                .containsEntry("errorClass", "io.fincore.api.problem.ProblemException")
                .containsEntry("errorCode", "payment_not_found");
        assertThat(console.text()).doesNotContain(CANARY);
    }

    @Test
    void writesTheLineOfWhatSecurityRefuses() {
        Reply nobody = api.send(api.request("/v1/payments").GET());
        Reply expired = api.send(api.request("/v1/payments")
                .header("Authorization", "Bearer " + Tokens.of(ada).expired())
                .GET());
        Reply scope = ada.withScopes("").get("/v1/wallets/" + CANARY);
        Reply role = ada.withRoles().get("/v1/admin/sagas");

        assertThat(line(nobody))
                .containsEntry("route", "/v1/payments")
                .containsEntry("operation", "Payment_list")
                .containsEntry("status", "401")
                .containsEntry("errorCode", "unauthenticated")
                .doesNotContainKey("actorId");
        assertThat(line(expired))
                .containsEntry(
                        "errorClass", "org.springframework.security.oauth2.server.resource.InvalidBearerTokenException")
                .doesNotContainKey("actorId");
        assertThat(line(scope))
                .containsEntry("route", "/v1/wallets/{id}")
                .containsEntry("actorId", ada.principal())
                .containsEntry("errorCode", "insufficient_scope");
        assertThat(line(role)).containsEntry("errorCode", "insufficient_role");
    }

    @Test
    void writesTheLineOfWhatIsNoRouteAndOfWhatFiltersAndTheContainerRefuse() {
        Reply unknown = ada.get("/v1/" + CANARY);
        Reply method = api.send(ada.request("/v1/payments").method(CANARY, HttpRequest.BodyPublishers.noBody()));
        Reply tooLong = ada.post("/v1/customers", "x".repeat(1_100_000));
        Reply firewall = ada.get("/v1/payments;" + CANARY + "=1");

        assertThat(line(unknown))
                .containsEntry("errorCode", "not_found")
                .containsEntry("actorId", ada.principal())
                .doesNotContainKeys("route", "operation");
        assertThat(line(method)).containsEntry("method", "other").containsEntry("outcome", "refused");
        assertThat(line(tooLong))
                .containsEntry("route", "/v1/customers")
                .containsEntry("status", "413")
                .containsEntry("errorCode", "body_too_large");
        assertThat(line(firewall)).containsEntry("status", "400").containsEntry("errorCode", "malformed_request");
        assertThat(console.text()).doesNotContain(CANARY);
    }

    @Test
    void writesTheLineOfACallback() {
        String eventId = "be_" + IdType.REQUEST.next();
        Reply taken = InboundTest.callback(api, eventId, "{\"type\":\"" + CANARY + "\"}");
        Reply unsigned = api.send(api.request("/v1/inbound/kyc/events")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(CANARY)));

        assertThat(line(taken))
                .containsEntry("route", "/v1/inbound/bank/events")
                .containsEntry("operation", "Inbound_bank")
                .containsEntry("status", "202")
                .doesNotContainKey("actorId");
        assertThat(line(unsigned)).containsEntry("errorCode", "signature_invalid");
    }

    @Test
    void thereIsOneLineForOneRequest() {
        Reply reply = ada.get("/v1/payments;x=1");
        line(reply);
        line(ada.get("/v1/payments"));

        assertThat(console.requests(reply.header("Request-Id"))).hasSize(1);
    }

    private Map<String, String> line(Reply reply) {
        return console.fields(reply.header("Request-Id"));
    }
}
