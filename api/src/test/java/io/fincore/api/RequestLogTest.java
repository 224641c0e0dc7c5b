package io.fincore.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fincore.api.Api.Reply;
import io.fincore.api.Api.User;
import io.fincore.money.IdType;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

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
        assertThat(console.request(reply.header("Request-Id")).path("durationMs").isIntegralNumber())
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
                .containsEntry("errorClass", "org.springframework.security.oauth2.server.resource.InvalidBearerTokenException")
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
        Reply method = api.send(ada.request("/v1/payments")
                .method(CANARY, HttpRequest.BodyPublishers.noBody()));
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

    /** A fault of ours, of which the database would tell the whole row. */
    @Test
    void namesTheClassOfAFaultAndKeepsTheRowToItself() {
        JdbcClient database = JdbcClient.create(api.platform().database.asSuperuser());
        database.sql("ALTER TABLE customers.customer ADD CONSTRAINT canary CHECK (name NOT LIKE 'Canary%') NOT VALID")
                .update();
        try {
            Reply reply = ada.order(
                    "/v1/customers", "{\"name\":\"" + CANARY + "\",\"email\":\"" + CANARY + "@b.example\"}");

            assertThat(line(reply))
                    .containsEntry("status", "500")
                    .containsEntry("outcome", "failed")
                    .containsEntry("errorClass", "org.springframework.dao.DataIntegrityViolationException")
                    .containsEntry("errorCode", "internal_error");
            assertThat(console.text()).contains("violates check constraint").doesNotContain(CANARY);
        } finally {
            database.sql("ALTER TABLE customers.customer DROP CONSTRAINT canary").update();
        }
    }

    /** Names, addresses, accounts and texts of all kinds, in good requests and broken ones. */
    @Test
    void nothingThatAClientWritesStandsInAnyLine() {
        String name = "\"name\":\"" + CANARY + "\"";
        String customer = "{" + name + ",\"email\":\"" + CANARY + "@b.example\",\"metadata\":{\"k\":\"" + CANARY + "\"}}";
        String wallet = ada.newWallet("EUR", 100_000);
        String payment = Api.paymentBody(wallet, 1, CANARY).replace("INV-1", CANARY);
        List<Reply> replies = new ArrayList<>();
        replies.add(ada.order("/v1/customers", customer));
        replies.add(ada.order("/v1/customers", customer.replace("\"name\"", "\"name\":1,\"name\"")));
        replies.add(ada.order("/v1/customers", customer.replace("\"name\"", "\"" + CANARY + "\"")));
        replies.add(ada.order("/v1/customers", customer.replace("}}", "")));
        replies.add(ada.order("/v1/customers", customer.replace("\"email\":\"", "\"date_of_birth\":\"")));
        replies.add(ada.order("/v1/payments", payment));
        replies.add(ada.order("/v1/payments", payment.replace("DE89", CANARY)));
        replies.add(ada.order("/v1/payments", payment.replace(":1,", ":\"" + CANARY + "\",")));
        replies.add(ada.get("/v1/payments?status=" + CANARY));
        replies.add(ada.get("/v1/payments?created%5Bgte%5D=" + CANARY));
        replies.add(ada.get("/v1/wallets/" + wallet + "/transactions?metadata%5Bk%5D=" + CANARY));
        replies.add(ada.get("/v1/wallets/" + CANARY + "/balance?at=" + CANARY));
        replies.add(api.send(ada.request("/v1/payments").header("Accept", CANARY).GET()));
        replies.add(api.send(api.request("/v1/payments").header("Authorization", "Bearer " + CANARY).GET()));
        replies.add(api.send(ada.request("/v1/payments").header("User-Agent", CANARY).GET()));

        replies.forEach(reply -> assertThat(line(reply)).containsKeys("route", "status"));
        assertThat(console.text()).doesNotContain(CANARY, CANARY.toLowerCase(java.util.Locale.ROOT), "127.0.0.1");
    }

    @Test
    void thereIsOneLineForOneRequest() {
        Reply reply = ada.get("/v1/payments;x=1");
        line(reply);
        line(ada.get("/v1/payments"));

        assertThat(console.requests(reply.header("Request-Id"))).hasSize(1);
    }

    /** All of the line but what every line has, and times. */
    private Map<String, String> line(Reply reply) {
        JsonNode line = console.request(reply.header("Request-Id"));
        Map<String, String> fields = new TreeMap<>();
        line.properties().forEach(field -> fields.put(field.getKey(), field.getValue().asText()));
        fields.keySet()
                .removeAll(List.of(
                        "@timestamp",
                        "@version",
                        "message",
                        "logger_name",
                        "thread_name",
                        "level",
                        "level_value",
                        "traceId",
                        "spanId",
                        "request_id",
                        "correlation_id",
                        "durationMs"));
        return fields;
    }
}
