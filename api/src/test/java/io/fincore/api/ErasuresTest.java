package io.fincore.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fincore.api.Api.Reply;
import io.fincore.api.Api.User;
import io.fincore.money.IdType;
import java.time.Duration;
import java.time.Instant;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A person asks to be forgotten. */
class ErasuresTest {

    private static final String REASON = "{\"reason\":\"her letter of May\"}";

    private final Api api = Platform.sharedApi();
    private final User ada = api.user("ada-" + IdType.REQUEST.next());
    private final JdbcClient database =
            JdbcClient.create(api.platform().database.asSuperuser());

    @Test
    void erasesTheCustomerAndWhatIntakeKeepsOfThem() {
        String key = IdType.REQUEST.next();
        String order = "{\"name\":\"Grace Hopper\",\"email\":\"grace@example.com\"}";
        String customer = ada.post("/v1/customers", order, "Idempotency-Key", key)
                .json()
                .path("id")
                .asText();

        Reply reply = ada.order("/v1/customers/" + customer + "/erasures", REASON);

        assertThat(reply.status()).isEqualTo(202);
        assertThat(reply.header("Location")).startsWith("/v1/customers/" + customer + "/erasures/era_");
        JsonNode erasure = awaitStatus(reply.header("Location"), "completed");
        assertThat(erasure.path("object").asText()).isEqualTo("erasure");
        assertThat(erasure.path("customer").asText()).isEqualTo(customer);
        assertThat(erasure.path("reason").asText()).isEqualTo("her letter of May");
        assertThat(erasure.path("obstacles")).isEmpty();
        assertThat(erasure.path("ended_at").asText()).endsWith("Z");
        assertThat(Duration.between(
                        Instant.parse(erasure.path("created_at").asText()),
                        Instant.parse(erasure.path("deadline").asText())))
                .isBetween(Duration.ofDays(29), Duration.ofDays(30));
        JsonNode read = ada.get("/v1/customers/" + customer).json();
        assertThat(read.path("status").asText()).isEqualTo("erased");
        assertThat(read.path("name").asText()).isEqualTo("erased");
        assertThat(read.path("email").asText()).isEqualTo("erased-" + customer + "@invalid");
        assertThat(ada.post("/v1/customers", order, "Idempotency-Key", key).code())
                .as("the stored answer is gone with the person")
                .isEqualTo("idempotency_key_reused");
        assertThat(database.sql("SELECT count(*) FROM intake.idempotency_key WHERE convert_from(body, 'UTF8') LIKE ?")
                        .param("%" + customer + "%Grace%")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void nothingIsBegunForAnErasedCustomer() {
        String customer = ada.newCustomer();
        Reply reply = ada.order("/v1/customers/" + customer + "/erasures", REASON);
        awaitStatus(reply.header("Location"), "completed");

        Reply wallet = ada.post("/v1/wallets", "{\"customer\":\"%s\",\"currency\":\"EUR\"}".formatted(customer));
        Reply again = ada.order("/v1/customers/" + customer + "/erasures", REASON);

        assertThat(wallet.status()).isEqualTo(409);
        assertThat(wallet.code()).isEqualTo("customer_erased");
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.code()).isEqualTo("customer_erased");
        assertThat(ada.post(reply.header("Location") + "/cancellations", "").code())
                .isEqualTo("customer_erased");
    }

    @Test
    void tellsWhatIsInTheWayAndCanBeTakenBack() {
        String customer = ada.newCustomer();
        String wallet = ada.newPendingWallet(customer, "EUR");
        String path =
                ada.order("/v1/customers/" + customer + "/erasures", REASON).header("Location");
        Awaitility.await().until(() -> ada.get(path).json().path("obstacles").size() == 1);

        JsonNode obstacle = ada.get(path).json().path("obstacles").path(0);
        Reply second = ada.order("/v1/customers/" + customer + "/erasures", REASON);
        Reply cancelled = ada.post(path + "/cancellations", "");

        assertThat(obstacle.toString())
                .isEqualTo("{\"kind\":\"wallet\",\"id\":\"%s\",\"status\":\"pending_activation\"}".formatted(wallet));
        assertThat(second.status()).isEqualTo(409);
        assertThat(second.code()).isEqualTo("erasure_in_progress");
        assertThat(cancelled.status()).as(cancelled.text()).isEqualTo(202);
        assertThat(cancelled.json().path("status").asText()).isEqualTo("cancelled");
        assertThat(cancelled.json().path("cancelled_by").asText()).isEqualTo(ada.principal());
        assertThat(ada.get("/v1/customers/" + customer).json().path("name").asText())
                .isEqualTo("Ada Lovelace");
        assertThat(ada.order("/v1/customers/" + customer + "/erasures", REASON).status())
                .as("another request")
                .isEqualTo(202);
    }

    @Test
    void isForTheCustomersOwnClientAndNeedsKeyAndReason() {
        String customer = ada.newCustomer();
        User eve = api.user("eve");
        String path = "/v1/customers/" + customer + "/erasures";

        assertThat(eve.order(path, REASON).code()).isEqualTo("customer_not_found");
        assertThat(ada.post(path, REASON).code()).isEqualTo("idempotency_key_missing");
        assertThat(ada.order(path, "{}").code()).isEqualTo("invalid_request");
        assertThat(ada.get(path + "/" + IdType.ERASURE.next()).code()).isEqualTo("erasure_not_found");
        assertThat(ada.withScopes("payments:write").order(path, REASON).status())
                .isEqualTo(403);
    }

    private JsonNode awaitStatus(String path, String status) {
        return Awaitility.await()
                .until(
                        () -> ada.get(path).json(),
                        erasure -> erasure.path("status").asText().equals(status));
    }
}
