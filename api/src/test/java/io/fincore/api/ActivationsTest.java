package io.fincore.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fincore.api.Api.Reply;
import io.fincore.api.Api.User;
import io.fincore.money.IdType;
import io.fincore.workflows.activation.AccountActivationWorkflow;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;

class ActivationsTest {

    private final Api api = Platform.sharedApi();
    private final User ada = api.user("ada-" + IdType.REQUEST.next());
    private final JdbcClient database =
            JdbcClient.create(api.platform().database.asSuperuser());
    private final String customer = ada.newCustomer();
    private final String wallet = ada.newPendingWallet(customer, "EUR");
    private final String path = "/v1/customers/" + customer + "/activations";
    private final String key = "key-" + IdType.REQUEST.next();

    @Test
    void takesAnOrderAndShowsItAtOnce() {
        Reply ordered = ada.order(path, body("later"));

        assertThat(ordered.status()).isEqualTo(202);
        JsonNode activation = ordered.json();
        String id = activation.path("id").asText();
        assertThat(IdType.ACTIVATION.matches(id)).isTrue();
        assertThat(ordered.header("Location")).isEqualTo(path + "/" + id);
        assertThat(activation.path("object").asText()).isEqualTo("account_activation");
        assertThat(activation.path("customer").asText()).isEqualTo(customer);
        assertThat(activation.path("wallet").asText()).isEqualTo(wallet);
        assertThat(activation.path("status").asText()).isEqualTo("pending");
        assertThat(activation.path("failure").isNull()).isTrue();
        assertThat(activation.path("metadata").path("check").asText()).isEqualTo("later");
        Reply read = ada.get(path + "/" + id);
        assertThat(read.json()).isEqualTo(activation);
        assertThat(read.header("ETag")).isEqualTo("\"1\"");
        assertThat(ada.get(path).json().path("data").path(0)).isEqualTo(activation);
    }

    @Test
    void activatesTheWalletWhenTheCustomerPasses() {
        Reply ordered = ada.order(path, body("approved"), "Prefer", "wait=20");

        assertThat(ordered.status()).isEqualTo(202);
        assertThat(ordered.header("Preference-Applied")).isEqualTo("wait=20");
        assertThat(ordered.json().path("status").asText()).isEqualTo("completed");
        assertThat(ada.get("/v1/wallets/" + wallet).json().path("status").asText())
                .isEqualTo("active");
        Reply again = ada.order(path, body("approved"));
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.code()).isEqualTo("wallet_active");
    }

    @Test
    void aRejectedCustomerCanTryAgain() {
        String first = ada.order(path, body("later")).json().path("id").asText();
        InboundTest.kycCallback(api, "ke_" + key, InboundTest.checked(first, "rejected"));
        JsonNode rejected = awaitStatus(first, "rejected");

        Reply again = ada.order(path, body("approved"));

        assertThat(rejected.path("failure").path("code").asText()).isEqualTo("kyc_rejected");
        assertThat(rejected.path("failure").path("detail").asText()).isEqualTo("forged passport");
        assertThat(again.status()).isEqualTo(202);
        assertThat(again.json().path("status").asText()).isEqualTo("completed");
        assertThat(Api.texts(ada.get(path).json().path("data"), "id"))
                .containsExactly(again.json().path("id").asText(), first);
    }

    @Test
    void refusesASecondOneWhileTheFirstIsUnderWay() {
        ada.post(path, body("later"), "Idempotency-Key", key);

        Reply second = ada.post(path, body("later"), "Idempotency-Key", key + "-2");
        Reply repeated = ada.post(path, body("later"), "Idempotency-Key", key);

        assertThat(second.status()).isEqualTo(409);
        assertThat(second.code()).isEqualTo("activation_in_progress");
        assertThat(repeated.status()).isEqualTo(202);
        assertThat(repeated.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(ada.get(path).json().path("data")).hasSize(1);
    }

    @Test
    void countsAnOrderThatTheWorkerHasNotWrittenYet() {
        Reply first = ada.order(path, body("late"), "Prefer", "respond-async");

        Reply second = ada.order(path, body("late"));

        String id = first.json().path("id").asText();
        assertThat(first.status()).isEqualTo(202);
        assertThat(second.code()).isEqualTo("activation_in_progress");
        assertThat(ada.get(path + "/" + id).json()).isEqualTo(first.json());
        assertThat(ada.get(path + "/" + id).header("ETag")).isEqualTo("\"0\"");
        assertThat(Api.texts(ada.get(path).json().path("data"), "id")).containsExactly(id);
        assertThat(api.platform()
                        .temporal()
                        .client()
                        .newUntypedWorkflowStub(AccountActivationWorkflow.workflowId(id))
                        .describe()
                        .getStaticSummary())
                .isEqualTo(wallet + " of " + customer);
    }

    @Test
    void twentyOrdersAtOnceAreOneActivation() throws Exception {
        List<Reply> replies = Api.atOnce(20, () -> ada.order(path, body("later")));

        assertThat(replies).filteredOn(reply -> reply.status() == 202).hasSize(1);
        assertThat(replies)
                .filteredOn(reply -> reply.status() != 202)
                .allSatisfy(reply -> assertThat(reply.code()).isEqualTo("activation_in_progress"));
        assertThat(ada.get(path).json().path("data")).hasSize(1);
    }

    @Test
    void theSameOrderTwiceAtOnceIsInFlightAndNotInItsOwnWay() throws Exception {
        List<Reply> replies = Api.atOnce(10, () -> ada.post(path, body("approved"), "Idempotency-Key", key));

        assertThat(replies)
                .allSatisfy(reply -> assertThat(
                                reply.status() == 202 || reply.code().equals("idempotency_key_in_flight"))
                        .as(reply.text())
                        .isTrue());
    }

    @ParameterizedTest
    @CsvSource({"active, wallet_active", "frozen, wallet_frozen", "closed, wallet_closed"})
    void refusesAWalletThatDoesNotWaitNamingItsState(String status, String code) {
        database.sql("UPDATE ledger.wallet SET status = ? WHERE id = ?")
                .params(status, wallet)
                .update();

        Reply refused = ada.order(path, body("approved"));

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.code()).isEqualTo(code);
        assertThat(ada.get(path).json().path("data")).isEmpty();
    }

    @Test
    void knowsOnlyTheCustomersOwnWalletAndActivations() {
        String id = ada.order(path, body("later")).json().path("id").asText();
        String other = ada.newCustomer();
        String otherWallet = ada.newPendingWallet(other, "EUR");
        User eve = api.user("eve-" + key);
        User elsewhere = new User(api, "other-tenant", ada.principal(), Api.ALL_SCOPES);

        assertThat(ada.order(path, body(otherWallet, "approved")).code()).isEqualTo("wallet_not_found");
        assertThat(ada.order(path, body("nonsense", "approved")).code()).isEqualTo("wallet_not_found");
        assertThat(ada.get("/v1/customers/" + other + "/activations/" + id).code())
                .isEqualTo("activation_not_found");
        assertThat(ada.get("/v1/customers/" + other + "/activations").json().path("data"))
                .isEmpty();
        assertThat(ada.get(path + "/" + IdType.ACTIVATION.next()).code()).isEqualTo("activation_not_found");
        for (User stranger : List.of(eve, elsewhere)) {
            assertThat(stranger.order(path, body("approved")).code()).isEqualTo("customer_not_found");
            assertThat(stranger.get(path).code()).isEqualTo("customer_not_found");
            assertThat(stranger.get(path + "/" + id).code()).isEqualTo("customer_not_found");
            String own = stranger.newCustomer();
            assertThat(stranger.order("/v1/customers/" + own + "/activations", body("approved"))
                            .code())
                    .isEqualTo("wallet_not_found");
        }
    }

    @Test
    void needsAKeyAndAWallet() {
        assertThat(ada.post(path, body("approved")).code()).isEqualTo("idempotency_key_missing");
        Reply none = ada.order(path, "{}");
        assertThat(none.status()).isEqualTo(400);
        assertThat(none.json().path("errors").path(0).path("pointer").asText()).isEqualTo("/wallet");
        Reply unknown = ada.order(path, "{\"wallet\":\"" + wallet + "\",\"walet\":1}");
        assertThat(unknown.code()).isEqualTo("invalid_request");
    }

    @Test
    void tellsAFaultOfOursAsSuch() {
        Reply broken = ada.order(path, body("broken"));

        assertThat(broken.status()).isEqualTo(202);
        assertThat(broken.json().path("status").asText()).isEqualTo("failed");
        assertThat(broken.json().path("failure").path("code").asText()).isEqualTo("internal_error");
        assertThat(broken.json().path("failure").path("detail").asText()).isEqualTo("no fault of yours");
    }

    private JsonNode awaitStatus(String id, String status) {
        return Awaitility.await()
                .until(
                        () -> ada.get(path + "/" + id).json(),
                        activation -> activation.path("status").asText().equals(status));
    }

    private String body(String check) {
        return body(wallet, check);
    }

    private static String body(String wallet, String check) {
        return "{\"wallet\":\"%s\",\"metadata\":{\"check\":\"%s\"}}".formatted(wallet, check);
    }
}
