package io.fincore.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.fincore.api.Api.Reply;
import io.fincore.api.Api.User;
import io.fincore.audit.AuditLog;
import io.fincore.money.IdType;
import io.fincore.outbox.DeliveryQueue;
import io.fincore.outbox.DeliveryStatus;
import io.fincore.postgres.DatabaseRole;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is stored of a customer, as a person may ask for it. */
class CustomerExportTest {

    private final Api api = Platform.sharedApi();
    private final User ada = api.user("ada-" + IdType.REQUEST.next());
    private final User oscar = new User(api, "acme", "oscar", "admin");

    @Test
    void hasEverySectionOfWhatACustomerDid() {
        String customer = ada.order("/v1/customers", """
                        {"name":"Grace Hopper","email":"grace@example.com","metadata":{"note":"from the fair"}}""").json().path("id").asText();
        String wallet = ada.newPendingWallet(customer, "EUR");
        api.platform().activate(wallet);
        String endpoint = ada.post(
                        "/v1/webhook-endpoints",
                        "{\"url\":\"https://hooks.example.com:8443/in?token=shh\",\"events\":[\"deposit.completed\"]}")
                .json()
                .path("id")
                .asText();
        ada.order(
                "/v1/wallets/" + wallet + "/deposits",
                "{\"amount\":100000,\"currency\":\"EUR\",\"reference\":\"from her aunt\"}");
        String payment = ada.order("/v1/payments", Api.paymentBody(wallet, 1250, "Settled"))
                .json()
                .path("id")
                .asText();
        String refund = ada.order("/v1/payments/" + payment + "/refunds", "{\"amount\":100}")
                .json()
                .path("id")
                .asText();
        String event = "be_" + IdType.REQUEST.next();
        InboundTest.callback(api, event, InboundTest.body(payment, "ACSC", null));
        JdbcClient.create(api.platform().database.as(DatabaseRole.WORKER))
                .sql("""
                INSERT INTO payments.notification (id, customer_id, template, values, next_attempt_at, created_at)
                VALUES (?, ?, 'payment_completed', '{"amount":"12.50"}', now(), now())""")
                .params(IdType.EVENT.next(), customer)
                .update();
        DeliveryQueue deliveries = new DeliveryQueue(api.platform().database.as(DatabaseRole.WORKER));
        WebhooksTest.dispatch(api, deliveries);
        deliveries.settle(
                deliveries.take(endpoint, Duration.ofMinutes(1)).orElseThrow(),
                DeliveryStatus.SUCCEEDED,
                new DeliveryQueue.Attempted(204, null, null));
        Awaitility.await()
                .until(
                        () -> ada.get("/v1/payments/" + payment)
                                .json()
                                .path("status")
                                .asText(),
                        status -> status.endsWith("refunded") || status.equals("completed"));
        new AuditLog(api.platform().database.as(DatabaseRole.WORKER)).seal(100_000);

        Reply reply = oscar.get("/v1/customers/" + customer + "/export");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.header("Content-Type")).startsWith("application/json");
        assertThat(reply.header("Cache-Control")).isEqualTo("no-store");
        JsonNode export = reply.json();
        assertThat(export.path("object").asText()).isEqualTo("customer_export");
        assertThat(export.path("customer").asText()).isEqualTo(customer);
        assertThat(export.path("format").asInt()).isEqualTo(1);
        assertThat(export.path("exported_at").asText()).endsWith("Z");
        JsonNode data = export.path("data");
        assertThat(names(data))
                .contains(
                        "customer",
                        "wallets",
                        "balances",
                        "transactions",
                        "entries",
                        "payments",
                        "refunds",
                        "notifications",
                        "sagas",
                        "inbound_events",
                        "requests",
                        "audit_entries");
        assertThat(data.path("customer").path(0).path("email").asText()).isEqualTo("grace@example.com");
        assertThat(data.path("customer").path(0).path("metadata").path("note").asText())
                .isEqualTo("from the fair");
        assertThat(Api.texts(data.path("transactions"), "reference")).contains("from her aunt");
        assertThat(data.path("payments").path(0).path("creditor_iban").asText()).isEqualTo("DE89370400440532013000");
        assertThat(data.path("refunds").path(0).path("id").asText()).isEqualTo(refund);
        assertThat(data.path("inbound_events").path(0).path("event_id").asText())
                .isEqualTo(event);
        assertThat(data.path("notifications").path(0).path("template").asText()).isEqualTo("payment_completed");
        assertThat(data.path("deliveries")).singleElement().satisfies(delivery -> {
            assertThat(delivery.path("endpoint_id").asText()).isEqualTo(endpoint);
            assertThat(delivery.path("recipient").asText()).isEqualTo("https://hooks.example.com:8443");
            assertThat(delivery.path("status").asText()).isEqualTo("succeeded");
            assertThat(Api.texts(data.path("events"), "id"))
                    .contains(delivery.path("event_id").asText());
        });
        assertThat(reply.text()).doesNotContain("token=shh");
        assertThat(Api.texts(data.path("audit_entries"), "action"))
                .contains("customer.registered", "wallet.opened", "transaction.booked");
        assertThat(data.path("audit_entries").path(0).has("origin")).isFalse();
        assertThat(Api.texts(data.path("requests"), "operation")).contains("customers.create", "payments.create");
    }

    @Test
    void hasNothingOfOthers() {
        String customer = ada.newCustomer();
        String other = ada.newCustomer();
        ada.newPendingWallet(other, "EUR");

        Reply reply = oscar.get("/v1/customers/" + customer + "/export");

        assertThat(names(reply.json().path("data")))
                .containsOnlyOnce("customer")
                .doesNotContain("wallets");
        assertThat(reply.text()).contains(customer).doesNotContain(other);
    }

    @Test
    void isSentWhileItIsReadAndNotTakenForAWholeOneWhenItBreaksOff() throws Exception {
        String customer = ada.newCustomer();
        JdbcClient superuser = JdbcClient.create(api.platform().database.asSuperuser());
        // More than the buffers between here and there have room for.
        superuser.sql("""
                INSERT INTO payments.notification
                       (id, customer_id, template, values, status, next_attempt_at, created_at, settled_at)
                SELECT :customer || '-' || n, :customer, 'payment_completed', jsonb_build_object('long', repeat('x', 10000)),
                       'delivered', now(), now(), now()
                  FROM generate_series(1, 4000) AS n""").param("customer", customer).update();
        HttpRequest request =
                oscar.request("/v1/customers/" + customer + "/export").GET().build();

        try (HttpClient client = HttpClient.newHttpClient();
                InputStream body = client.send(request, HttpResponse.BodyHandlers.ofInputStream())
                        .body()) {
            String start = "{\"object\":\"customer_export\",\"customer\":\"" + customer + "\",";
            assertThat(new String(body.readNBytes(start.length()), StandardCharsets.US_ASCII))
                    .isEqualTo(start);
            assertThat(superuser.sql("""
                                    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
                                     WHERE datname = current_database() AND application_name = 'fincore-api-reads'
                                       AND query LIKE '%customer_export%' AND xact_start IS NOT NULL""").query(Boolean.class).list())
                    .as("who still reads rows")
                    .containsExactly(true);
            assertThatThrownBy(body::readAllBytes).isInstanceOf(IOException.class);
        }
    }

    @Test
    void isForAdminsOfTheTenant() {
        String customer = ada.newCustomer();
        String path = "/v1/customers/" + customer + "/export";

        assertThat(ada.withScopes("customers:write cases:write").get(path).status())
                .isEqualTo(403);
        assertThat(new User(api, "elsewhere", "oscar", "admin").get(path).code())
                .isEqualTo("customer_not_found");
        assertThat(oscar.get("/v1/customers/cus_1/export").code()).isEqualTo("customer_not_found");
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
