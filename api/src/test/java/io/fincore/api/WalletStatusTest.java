package io.fincore.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fincore.api.Api.Reply;
import io.fincore.api.Api.User;
import io.fincore.money.IdType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class WalletStatusTest {

    private static final String MOVEMENT = "{\"amount\":1,\"currency\":\"EUR\"}";

    private final Api api = Platform.sharedApi();
    private final User ada = api.user("ada-" + IdType.REQUEST.next());

    @Test
    void aFrozenWalletTakesPartInNothingUntilItIsUnfrozen() {
        String wallet = ada.newWallet("EUR", 100);

        Reply frozen = change(wallet, "freeze");
        Reply deposit = ada.order("/v1/wallets/" + wallet + "/deposits", MOVEMENT);
        Reply withdrawal = ada.order("/v1/wallets/" + wallet + "/withdrawals", MOVEMENT);
        Reply again = change(wallet, "freeze");
        Reply unfrozen = change(wallet, "unfreeze");
        Reply unfrozenAgain = change(wallet, "unfreeze");
        Reply later = ada.order("/v1/wallets/" + wallet + "/withdrawals", MOVEMENT);

        assertThat(frozen.status()).isEqualTo(200);
        assertThat(frozen.json().path("object").asText()).isEqualTo("wallet");
        assertThat(frozen.json().path("id").asText()).isEqualTo(wallet);
        assertThat(frozen.json().path("status").asText()).isEqualTo("frozen");
        assertThat(List.of(deposit.code(), withdrawal.code())).containsOnly("wallet_frozen");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json()).isEqualTo(frozen.json());
        assertThat(unfrozen.json().path("status").asText()).isEqualTo("active");
        assertThat(unfrozenAgain.status()).isEqualTo(200);
        assertThat(unfrozenAgain.json()).isEqualTo(unfrozen.json());
        assertThat(later.status()).isEqualTo(201);
        assertThat(history(wallet))
                .containsExactly(
                        Map.of("to_status", "frozen", "actor", ada.principal(), "reason", "a good one"),
                        Map.of("to_status", "active", "actor", ada.principal(), "reason", "a good one"));
    }

    @Test
    void changesOnlyTheWalletThatTheClientHasSeen() {
        String wallet = ada.newWallet("EUR", 100);
        String seen = ada.get("/v1/wallets/" + wallet).header("ETag");
        ada.order("/v1/wallets/" + wallet + "/withdrawals", MOVEMENT);

        Reply outdated = change(wallet, "freeze", "If-Match", seen);
        Reply weak = change(wallet, "freeze", "If-Match", "W/" + etag(wallet));
        String afterRefusals = status(wallet);
        Reply frozen =
                change(wallet, "freeze", "If-Match", "\"other\", " + etag(wallet), "Idempotency-Key", "once-" + wallet);
        Reply replayed = change(wallet, "freeze", "If-Match", etag(wallet), "Idempotency-Key", "once-" + wallet);
        Reply full = change(wallet, "close", "If-Match", etag(wallet));
        Reply any = change(wallet, "unfreeze", "If-Match", "*");

        for (Reply refused : List.of(outdated, weak)) {
            assertThat(refused.status()).isEqualTo(412);
            assertThat(refused.code()).isEqualTo("precondition_failed");
        }
        assertThat(afterRefusals).isEqualTo("active");
        assertThat(frozen.status()).isEqualTo(200);
        assertThat(replayed.text()).isEqualTo(frozen.text());
        assertThat(replayed.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(full.code()).isEqualTo("wallet_not_empty");
        assertThat(any.status()).isEqualTo(200);
        assertThat(history(wallet)).hasSize(2);
    }

    private String etag(String wallet) {
        return ada.get("/v1/wallets/" + wallet).header("ETag");
    }

    private String status(String wallet) {
        return ada.get("/v1/wallets/" + wallet).json().path("status").asText();
    }

    @Test
    void closesAnEmptyWalletForEver() {
        String wallet = ada.newWallet("EUR", 100);

        Reply full = change(wallet, "close");
        ada.order("/v1/wallets/" + wallet + "/withdrawals", "{\"amount\":100,\"currency\":\"EUR\"}");
        Reply closed = change(wallet, "close");
        Reply again = change(wallet, "close");

        assertThat(full.status()).isEqualTo(409);
        assertThat(full.code()).isEqualTo("wallet_not_empty");
        assertThat(full.json().path("detail").asText()).isEqualTo("The wallet holds EUR 1.00.");
        assertThat(closed.status()).isEqualTo(200);
        assertThat(closed.json().path("status").asText()).isEqualTo("closed");
        assertThat(again.json()).isEqualTo(closed.json());
        assertThat(List.of(
                        change(wallet, "freeze").code(),
                        change(wallet, "unfreeze").code()))
                .containsOnly("wallet_closed");
        assertThat(ada.get("/v1/wallets/" + wallet).json()).isEqualTo(closed.json());
        assertThat(history(wallet)).hasSize(1);
    }

    @Test
    void aWalletThatWaitsForItsActivationCanOnlyBeClosed() {
        String wallet = ada.newPendingWallet(ada.newCustomer(), "EUR");

        Reply freeze = change(wallet, "freeze");
        Reply unfreeze = change(wallet, "unfreeze");
        Reply close = change(wallet, "close");

        assertThat(List.of(freeze.status(), unfreeze.status())).containsOnly(409);
        assertThat(List.of(freeze.code(), unfreeze.code())).containsOnly("wallet_pending_activation");
        assertThat(close.status()).isEqualTo(200);
        assertThat(close.json().path("status").asText()).isEqualTo("closed");
    }

    @Test
    void aKeyIsHonoured() {
        String wallet = ada.newWallet("EUR", 0);
        String path = "/v1/wallets/" + wallet + "/freeze";

        Reply first = ada.post(path, "{\"reason\":\"stolen\"}", "Idempotency-Key", "key-" + wallet);
        change(wallet, "unfreeze");
        Reply replayed = ada.post(path, "{\"reason\":\"stolen\"}", "Idempotency-Key", "key-" + wallet);
        Reply other = ada.post(path, "{\"reason\":\"lost\"}", "Idempotency-Key", "key-" + wallet);

        assertThat(first.status()).isEqualTo(200);
        assertThat(replayed.text()).isEqualTo(first.text());
        assertThat(replayed.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(other.code()).isEqualTo("idempotency_key_reused");
        assertThat(ada.get("/v1/wallets/" + wallet).json().path("status").asText())
                .isEqualTo("active");
    }

    @Test
    void needsAReasonAndAWalletOfOnesOwn() {
        String wallet = ada.newWallet("EUR", 0);
        User eve = api.user("eve-" + IdType.REQUEST.next());

        for (String action : List.of("freeze", "unfreeze", "close")) {
            String path = "/v1/wallets/" + wallet + "/" + action;
            for (String body : List.of(
                    "{}", "{\"reason\":\" \"}", "{\"reason\":\"\"}", "{\"reason\":\"" + "x".repeat(501) + "\"}")) {
                Reply reply = ada.post(path, body);
                assertThat(reply.status()).as(body).isEqualTo(400);
                assertThat(reply.json().path("errors").findValuesAsText("pointer"))
                        .containsExactly("/reason");
            }
            assertThat(eve.post(path, "{\"reason\":\"because\"}").code()).isEqualTo("wallet_not_found");
        }
        assertThat(ada.get("/v1/wallets/" + wallet).json().path("status").asText())
                .isEqualTo("active");
        assertThat(history(wallet)).isEmpty();
    }

    private Reply change(String wallet, String action, String... headers) {
        return ada.post("/v1/wallets/" + wallet + "/" + action, "{\"reason\":\"a good one\"}", headers);
    }

    private List<Map<String, Object>> history(String wallet) {
        return JdbcClient.create(api.platform().database.asSuperuser())
                .sql("SELECT to_status, actor, reason FROM ledger.wallet_history WHERE wallet_id = ? AND actor = ?"
                        + " ORDER BY number")
                .params(wallet, ada.principal())
                .query()
                .listOfRows();
    }
}
