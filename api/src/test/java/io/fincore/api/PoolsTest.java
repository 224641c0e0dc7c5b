package io.fincore.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.zaxxer.hikari.HikariDataSource;
import io.fincore.api.Api.Reply;
import io.fincore.api.Api.User;
import io.fincore.api.database.LimitsDatabase;
import io.fincore.api.database.ReadDatabase;
import io.fincore.api.wallets.Camt;
import io.fincore.money.IdType;
import io.fincore.postgres.EmbeddedDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.TimeZone;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who may take which connection, and what that keeps from whom. */
class PoolsTest {

    private static final String PAST = "2026-01-01T00:00:00Z";

    private final List<AutoCloseable> opened = new ArrayList<>();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened.reversed()) {
            each.close();
        }
    }

    @Test
    void moneyMovesWhileReadersHoldAllOfTheirConnections() throws SQLException {
        Api api = start("fincore.database.reads.pool-size", "2", "fincore.database.acquire-timeout", "500ms");
        User ada = user(api);
        String wallet = ada.newWallet("EUR", 10_000);
        String customer = ada.newCustomer();
        takeAll(api.context().getBean(ReadDatabase.class).dataSource(), 2);

        Reply payment = ada.order("/v1/payments", Api.paymentBody(wallet, 1_250, "ACME"));

        assertThat(deposit(ada, wallet).status()).isEqualTo(201);
        assertThat(payment.status()).as(payment.text()).isEqualTo(202);
        assertThat(ada.get("/v1/payments/" + payment.json().path("id").asText()).status())
                .isEqualTo(200);
        assertThat(ada.get("/v1/wallets/" + wallet + "/balance").status()).isEqualTo(200);
        assertThat(api.send(api.management("/actuator/health/readiness").GET()).status())
                .as("ready to pay")
                .isEqualTo(200);
        assertThat(ada.get("/v1/payments").status()).as("a list").isEqualTo(503);
        assertThat(ada.get("/v1/customers/" + customer + "/export").code())
                .as("an export")
                .isEqualTo("service_unavailable");
        assertThat(ada.get("/v1/wallets/" + wallet + "/transactions").status()).isEqualTo(503);
    }

    @Test
    void listsAreReadWhileWritersHoldAllOfTheirConnections() throws SQLException {
        Api api = start("fincore.database.pool-size", "2", "fincore.database.acquire-timeout", "500ms");
        User ada = user(api);
        String wallet = ada.newWallet("EUR", 10_000);
        String payment = ada.order("/v1/payments", Api.paymentBody(wallet, 1_250, "ACME"))
                .json()
                .path("id")
                .asText();
        takeAll(api.context().getBean(HikariDataSource.class), 2);

        assertThat(Api.texts(ada.get("/v1/payments").json().path("data"), "id")).containsExactly(payment);
        assertThat(deposit(ada, wallet).status()).isEqualTo(503);
    }

    /** Who held one connection and asked for another would wait for itself. */
    @Test
    void oneConnectionIsEnoughForEverything() {
        Api api = start("fincore.database.pool-size", "1", "fincore.database.reads.pool-size", "1");
        User ada = user(api);
        String wallet = ada.newWallet("EUR", 10_000);
        String other = ada.newWallet("EUR", 0);
        String transfer = "{\"source\":\"%s\",\"destination\":\"%s\",\"amount\":10,\"currency\":\"EUR\"}"
                .formatted(wallet, other);

        Reply payment = ada.order("/v1/payments", Api.paymentBody(wallet, 1_250, "ACME"), "Prefer", "wait=10");
        String id = payment.json().path("id").asText();

        assertThat(payment.status()).as(payment.text()).isEqualTo(202);
        assertThat(ada.order("/v1/transfers", transfer).status()).isEqualTo(201);
        assertThat(ada.order("/v1/transfers/batch", "{\"mode\":\"each\",\"transfers\":[" + transfer + "]}")
                        .status())
                .isEqualTo(201);
        assertThat(ada.order("/v1/wallets/" + wallet + "/withdrawals", "{\"amount\":10,\"currency\":\"EUR\"}")
                        .status())
                .isEqualTo(201);
        assertThat(ada.post("/v1/wallets/" + other + "/freeze", "{\"reason\":\"test\"}")
                        .status())
                .isEqualTo(200);
        assertThat(ada.post("/v1/payments/" + id + "/cancellations", "{}").status())
                .isIn(202, 409);
        String event = "be_" + IdType.REQUEST.next();
        assertThat(InboundTest.callback(api, event, InboundTest.body(id, "ACSC", null))
                        .status())
                .isEqualTo(202);
        Awaitility.await().until(() -> isDrained(api, event));
        for (String path : List.of(
                "/v1/payments/" + id,
                "/v1/payments/" + id + "/timeline",
                "/v1/payments/" + id + "/refunds",
                "/v1/payments",
                "/v1/wallets/" + wallet + "/balance?at=" + PAST,
                "/v1/wallets/" + wallet + "/transactions",
                "/v1/wallets/" + wallet + "/statement?from=" + PAST + "&to=" + PAST,
                "/v1/compliance-cases",
                "/v1/admin/sagas")) {
            Reply reply = ada.get(path);
            assertThat(reply.status()).as(path + ": " + reply.text()).isEqualTo(200);
        }
    }

    private static boolean isDrained(Api api, String event) {
        return JdbcClient.create(api.platform().database.asSuperuser())
                .sql("SELECT status <> 'pending' FROM intake.inbound_event WHERE event_id = ?")
                .param(event)
                .query(Boolean.class)
                .single();
    }

    /** A replica that knows nothing yet stands for one that lags behind. */
    @Test
    void whatWasWrittenIsFoundAtOnceWhileTheReplicaLags() {
        EmbeddedDatabase replica = EmbeddedDatabase.create();
        Api api = start("fincore.database.reads.url", replica.jdbcUrl());
        User ada = user(api);
        String wallet = ada.newWallet("EUR", 10_000);
        Reply payment = ada.order("/v1/payments", Api.paymentBody(wallet, 1_250, "ACME"));
        Reply withdrawal = ada.order("/v1/wallets/" + wallet + "/withdrawals", "{\"amount\":500,\"currency\":\"EUR\"}");
        String to =
                ada.get("/v1/wallets/" + wallet + "/balance").json().path("at").asText();
        Awaitility.await()
                .until(() ->
                        ada.get("/v1/wallets/" + wallet + "/balance?at=" + to).status() == 200);

        assertThat(payment.status()).as(payment.text()).isEqualTo(202);
        assertThat(ada.get("/v1/payments/" + payment.json().path("id").asText()).status())
                .isEqualTo(200);
        assertThat(ada.get("/v1/wallets/" + wallet).status()).isEqualTo(200);
        assertThat(ada.get("/v1/wallets/" + wallet + "/transactions?starting_after="
                                + withdrawal.json().path("id").asText())
                        .json()
                        .path("data"))
                .as("the page after what the replica does not have")
                .hasSize(1);
        String statement = api.send(ada.request("/v1/wallets/" + wallet + "/statement?from=" + PAST + "&to=" + to)
                        .header("Accept", "application/xml")
                        .GET())
                .text();
        assertThat(Camt.read(statement).getNtry()).hasSize(2);
        assertThat(ada.get("/v1/wallets/" + wallet + "/transactions").json().path("data"))
                .as("lists are the replica's")
                .isEmpty();
        assertThat(ada.get("/v1/payments").json().path("data")).isEmpty();
    }

    @Test
    void readersCannotWrite() throws SQLException {
        ReadDatabase reads = Platform.sharedApi().context().getBean(ReadDatabase.class);

        try (Connection connection = reads.dataSource().getConnection()) {
            assertThat(connection.isReadOnly()).isTrue();
            // Not even one who asks for it on the connection.
            connection.setReadOnly(false);
            assertThatThrownBy(() -> connection
                            .createStatement()
                            .execute("INSERT INTO intake.inbound_event (event_id) VALUES ('x')"))
                    .hasMessageContaining("read-only transaction");
        }
        assertThat(setting(reads.jdbc(), "statement_timeout")).isEqualTo("108s");
        assertThat(setting(reads.jdbc(), "application_name")).isEqualTo("fincore-api-reads");
        JdbcClient writes = JdbcClient.create(Platform.sharedApi().context().getBean(HikariDataSource.class));
        assertThat(setting(writes, "statement_timeout")).isEqualTo("27s");
        assertThat(setting(writes, "application_name")).isEqualTo("fincore-api");
        assertThat(Platform.sharedApi()
                        .context()
                        .getBean(HikariDataSource.class)
                        .getLeakDetectionThreshold())
                .isEqualTo(10_000);
    }

    @Test
    void timesInTheServersJsonAreUtcWhereverTheMachineIs() {
        TimeZone machine = TimeZone.getDefault();
        opened.add(() -> TimeZone.setDefault(machine));
        TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kathmandu"));
        Api api = start();
        User oscar = user(api);
        String customer = oscar.newCustomer();

        JsonNode export = oscar.get("/v1/customers/" + customer + "/export").json();

        assertThat(export.at("/data/customer/0/created_at").asText()).endsWith("+00:00");
        assertThat(Stream.of(
                        api.context().getBean(HikariDataSource.class),
                        api.context().getBean(ReadDatabase.class).dataSource(),
                        api.context().getBean(LimitsDatabase.class).dataSource()))
                .extracting(pool -> setting(JdbcClient.create(pool), "TimeZone"))
                .containsOnly("UTC");
    }

    @Test
    void bothPoolsAreMeasured() {
        Api api = Platform.sharedApi();

        String metrics = api.send(api.management("/actuator/prometheus").GET()).text();

        assertThat(metrics)
                .contains("hikaricp_connections_active{pool=\"fincore-api\"}")
                .contains("hikaricp_connections_active{pool=\"fincore-api-reads\"}");
    }

    private static String setting(JdbcClient jdbc, String name) {
        return jdbc.sql("SELECT current_setting(?)")
                .param(name)
                .query(String.class)
                .single();
    }

    private Api start(String... settings) {
        ConfigurableApplicationContext context = Platform.shared().startApi(settings);
        opened.add(context);
        return new Api(Platform.shared(), context);
    }

    private static User user(Api api) {
        return api.user("pools-" + IdType.REQUEST.next());
    }

    private static Reply deposit(User user, String wallet) {
        return user.order("/v1/wallets/" + wallet + "/deposits", "{\"amount\":100,\"currency\":\"EUR\"}");
    }

    private void takeAll(DataSource pool, int size) throws SQLException {
        for (int i = 0; i < size; i++) {
            opened.add(pool.getConnection());
        }
    }
}
