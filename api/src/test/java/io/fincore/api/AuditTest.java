package io.fincore.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fincore.api.Api.Reply;
import io.fincore.api.Api.User;
import io.fincore.audit.Anchor;
import io.fincore.audit.AuditLog;
import io.fincore.money.IdType;
import io.fincore.postgres.DatabaseRole;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditTest {

    private final Api api = Platform.sharedApi();
    private final User ada = api.user("ada-" + IdType.REQUEST.next());
    private final AuditLog log = new AuditLog(Platform.shared().database.as(DatabaseRole.WORKER));

    @Test
    void saysWhoChangedWhatFromWhere() {
        String wallet = ada.newWallet("EUR", 0);
        Reply frozen = ada.order(
                "/v1/wallets/" + wallet + "/freeze",
                "{\"reason\":\"a call\"}",
                "Correlation-Id",
                "cor-1",
                "User-Agent",
                "shop/1.0 \"beta\"");

        List<JsonNode> entries = entries("wallet", wallet);

        assertThat(entries).extracting(entry -> entry.path("action").asText())
                .containsExactly("wallet.status_changed", "wallet.status_changed", "wallet.opened");
        JsonNode entry = entries.getFirst();
        assertThat(fields(entry))
                .containsExactly("id", "object", "action", "subject", "before", "after", "origin", "recorded_at", "hash");
        assertThat(entry.path("object").asText()).isEqualTo("audit_entry");
        assertThat(entry.path("subject").toString()).isEqualTo("{\"object\":\"wallet\",\"id\":\"" + wallet + "\"}");
        assertThat(entry.path("before").toString()).isEqualTo("{\"status\":\"active\"}");
        assertThat(entry.path("after").toString()).isEqualTo("{\"status\":\"frozen\"}");
        assertThat(entry.path("hash").asText()).matches("[0-9a-f]{64}");
        JsonNode origin = entry.path("origin");
        assertThat(fields(origin))
                .containsExactlyInAnyOrder("actor", "request_id", "correlation_id", "ip", "user_agent");
        assertThat(origin.path("actor").asText()).isEqualTo(ada.principal());
        assertThat(origin.path("request_id").asText()).isEqualTo(frozen.header("Request-Id"));
        assertThat(origin.path("correlation_id").asText()).isEqualTo("cor-1");
        assertThat(origin.path("ip").asText()).isEqualTo("127.0.0.1");
        assertThat(origin.path("user_agent").asText()).isEqualTo("shop/1.0 \"beta\"");
    }

    @Test
    void saysWhoChangedWhatWithoutAKeyToo() {
        String customer = ada.newCustomer();

        JsonNode entry = entries("customer", customer).getFirst();

        assertThat(entry.path("action").asText()).isEqualTo("customer.registered");
        assertThat(entry.path("before").isNull()).isTrue();
        assertThat(entry.path("after").toString()).isEqualTo("{\"status\":\"unverified\"}");
        assertThat(entry.path("origin").path("actor").asText()).isEqualTo(ada.principal());
    }

    @Test
    void isListedPageByPage() {
        String wallet = ada.newWallet("EUR", 0);
        List<JsonNode> all = entries("wallet", wallet);
        String filter = "?object=wallet&object_id=" + wallet;
        String newest = all.getFirst().path("id").asText();
        String oldest = all.getLast().path("id").asText();

        Reply first = ada.get("/v1/admin/audit-entries" + filter + "&limit=1");
        Reply second = ada.get("/v1/admin/audit-entries" + filter + "&limit=1&starting_after=" + newest);
        Reply before = ada.get("/v1/admin/audit-entries" + filter + "&ending_before=" + oldest);

        assertThat(first.json().path("has_more").asBoolean()).isTrue();
        assertThat(first.json().path("url").asText()).isEqualTo("/v1/admin/audit-entries");
        assertThat(ids(first)).containsExactly(newest);
        assertThat(ids(second)).containsExactly(oldest);
        assertThat(second.json().path("has_more").asBoolean()).isFalse();
        assertThat(ids(before)).containsExactly(newest);
    }

    @Test
    void exportsItsAnchorsAsLines() {
        ada.newCustomer();
        seal();
        Anchor anchor = log.anchor(Duration.ZERO).orElseThrow();

        JsonNode listed = ada.get("/v1/admin/audit-anchors?limit=1").json().path("data").path(0);
        Reply lines = api.send(
                ada.request("/v1/admin/audit-anchors?limit=1").header("Accept", "text/plain").GET());

        assertThat(listed.path("id").asText()).isEqualTo(Long.toString(anchor.position()));
        assertThat(listed.path("object").asText()).isEqualTo("audit_anchor");
        assertThat(listed.path("hash").asText()).isEqualTo(anchor.hash());
        assertThat(listed.path("line").asText()).isEqualTo(anchor.toLine());
        assertThat(lines.header("Content-Type")).startsWith("text/plain");
        assertThat(lines.text()).isEqualTo(anchor.toLine() + "\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "audit-entries?object_id=wal_1",
                "audit-entries?starting_after=0",
                "audit-entries?ending_before=wal_1",
                "audit-entries?actor=ada",
                "audit-anchors?starting_after=-1",
                "audit-anchors?limit=101"
            })
    void refusesWhatItDoesNotKnow(String list) {
        Reply refused = ada.get("/v1/admin/" + list);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo("invalid_parameter");
    }

    @Test
    void isForAdminsOnly() {
        for (String list : List.of("audit-entries", "audit-anchors")) {
            assertThat(ada.withScopes("payments:read").get("/v1/admin/" + list).status())
                    .isEqualTo(403);
        }
    }

    private List<JsonNode> entries(String object, String id) {
        seal();
        List<JsonNode> entries = new ArrayList<>();
        ada.get("/v1/admin/audit-entries?limit=100&object=" + object + "&object_id=" + id)
                .json()
                .path("data")
                .forEach(entries::add);
        return entries;
    }

    private void seal() {
        while (log.seal(1_000) > 0) {
            // Until nothing waits.
        }
    }

    private static List<String> ids(Reply list) {
        return Api.texts(list.json().path("data"), "id").stream()
                .filter(id -> id.matches("[0-9]+"))
                .toList();
    }

    private static List<String> fields(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
