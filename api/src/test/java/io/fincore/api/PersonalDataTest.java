package io.fincore.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fincore.api.Api.Reply;
import io.fincore.api.Api.User;
import io.fincore.money.IdType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What somebody wrote is in no line of the log, whatever becomes of it. */
class PersonalDataTest {

    private static final String CANARY = "Canary4711";

    private final Api api = Platform.sharedApi();
    private final User ada = api.user("ada-" + IdType.REQUEST.next());
    private final Console console = new Console();

    @AfterEach
    void giveBack() {
        console.close();
    }

    /** A fault of ours, of which the database would tell the whole row. */
    @Test
    void namesTheClassOfAFaultInTheLogOnlyAndKeepsTheRowToItself() {
        JdbcClient database = JdbcClient.create(api.platform().database.asSuperuser());
        database.sql("ALTER TABLE customers.customer ADD CONSTRAINT canary CHECK (name NOT LIKE 'Canary%') NOT VALID")
                .update();
        try {
            Reply reply =
                    ada.order("/v1/customers", "{\"name\":\"" + CANARY + "\",\"email\":\"" + CANARY + "@b.example\"}");

            assertThat(reply.status()).isEqualTo(500);
            assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
            // All of it: nothing of our classes, our tables or the row.
            assertThat(reply.json())
                    .isEqualTo(JsonNodeFactory.instance
                            .objectNode()
                            .put("type", "https://fincore.io/problems/internal_error")
                            .put("title", "The request failed for a reason of ours")
                            .put("status", 500)
                            .put("detail", "Something failed on our side.")
                            .put("instance", "/v1/customers")
                            .put("code", "internal_error")
                            .put("request_id", reply.header("Request-Id"))
                            .put("correlation_id", reply.header("Correlation-Id")));
            assertThat(line(reply))
                    .containsEntry("status", "500")
                    .containsEntry("outcome", "failed")
                    .containsEntry("errorClass", "org.springframework.dao.DataIntegrityViolationException")
                    .containsEntry("errorCode", "internal_error");
            assertThat(console.text()).contains("violates check constraint").doesNotContain(CANARY);
        } finally {
            database.sql("ALTER TABLE customers.customer DROP CONSTRAINT canary")
                    .update();
        }
    }

    /** Names, addresses, accounts and texts of all kinds, in good requests and broken ones. */
    @Test
    void nothingThatAClientWritesStandsInAnyLine() {
        String name = "\"name\":\"" + CANARY + "\"";
        String customer =
                "{" + name + ",\"email\":\"" + CANARY + "@b.example\",\"metadata\":{\"k\":\"" + CANARY + "\"}}";
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
        replies.add(
                api.send(ada.request("/v1/payments").header("Accept", CANARY).GET()));
        replies.add(api.send(api.request("/v1/payments")
                .header("Authorization", "Bearer " + CANARY)
                .GET()));
        replies.add(api.send(
                ada.request("/v1/payments").header("User-Agent", CANARY).GET()));

        replies.forEach(reply -> assertThat(line(reply)).containsKeys("route", "status"));
        assertThat(console.text()).doesNotContain(CANARY, CANARY.toLowerCase(Locale.ROOT), "127.0.0.1");
    }

    private Map<String, String> line(Reply reply) {
        return console.fields(reply.header("Request-Id"));
    }
}
