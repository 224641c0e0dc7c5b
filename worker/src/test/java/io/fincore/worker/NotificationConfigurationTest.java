package io.fincore.worker;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fincore.outbox.NewEvent;
import io.fincore.outbox.Outbox;
import io.fincore.postgres.EmbeddedDatabase;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** From the event to the provider, as the worker is put together. */
class NotificationConfigurationTest {

    private final EmbeddedDatabase database = EmbeddedDatabase.create();
    private final JdbcClient all = JdbcClient.create(database.asSuperuser());
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private final HttpServer provider = provider();

    private final ApplicationContextRunner context = new ApplicationContextRunner()
            .withInitializer(new ConfigDataApplicationContextInitializer())
            .withPropertyValues("fincore.payloads.keys=plain")
            .withUserConfiguration(DatabaseConfiguration.class, NotificationConfiguration.class, Surroundings.class)
            .withPropertyValues(
                    "fincore.database.url=" + database.jdbcUrl(),
                    "fincore.notifier.url=http://127.0.0.1:"
                            + provider.getAddress().getPort());

    @AfterEach
    void close() {
        provider.stop(0);
    }

    @Test
    void tellsACustomerOfAnEvent() {
        addActivationOfAda();
        String event = new Outbox(database.asSuperuser())
                .append(new NewEvent("acme", "alice", "activation.completed", "act_1", "{}"));

        context.run(started -> assertThat(received.poll(20, TimeUnit.SECONDS))
                .contains(event, "ada@example.com", "activation_completed", "wal_1"));

        assertThat(all.sql("SELECT status FROM payments.notification")
                        .query(String.class)
                        .single())
                .as("the relay was awaited when the process stopped")
                .isEqualTo("delivered");
    }

    @Test
    void showsWhatCustomersHaveNotBeenTold() {
        all.sql("""
                INSERT INTO payments.notification
                    (id, customer_id, template, values, status, next_attempt_at, created_at, settled_at)
                VALUES ('evt_1', 'cus_1', 't', '{}', 'pending', now() + interval '1 hour', now() - interval '1 hour', NULL),
                       ('evt_2', 'cus_1', 't', '{}', 'dead', now(), now() - interval '2 hours', now()),
                       ('evt_3', 'cus_1', 't', '{}', 'refused', now(), now() - interval '2 hours', now()),
                       ('evt_4', 'cus_1', 't', '{}', 'delivered', now(), now() - interval '2 hours', now())""").update();

        context.run(started -> {
            MeterRegistry meters = started.getBean(MeterRegistry.class);
            started.getBean("notificationBacklog", MeterBinder.class).bindTo(meters);
            assertThat(meters.get("fincore.notifications.pending").gauge().value())
                    .isEqualTo(1);
            assertThat(meters.get("fincore.notifications.oldest.age").gauge().value())
                    .isBetween(3600.0, 7199.0);
            assertThat(meters.get("fincore.notifications.given.up").gauge().value())
                    .isEqualTo(2);
        });
    }

    /** And the other way round: what runs beside the sagas takes none of their connections. */
    @Test
    void tellsWhileTheSagasHoldAllOfTheirConnections() {
        addActivationOfAda();

        context.withPropertyValues(
                        "fincore.database.pool-size=2",
                        "fincore.slots.local-activities=1",
                        "fincore.slots.activities=1")
                .run(started -> {
                    DataSource sagas = started.getBean(DataSource.class);
                    try (Connection one = sagas.getConnection();
                            Connection last = sagas.getConnection()) {
                        String event = new Outbox(database.asSuperuser())
                                .append(new NewEvent("acme", "alice", "activation.completed", "act_1", "{}"));

                        assertThat(received.poll(20, TimeUnit.SECONDS)).contains(event);
                        assertThat(one.isValid(1) && last.isValid(1)).isTrue();
                    }
                });
    }

    @Test
    void sagasFindAConnectionWhileABacklogHoldsAllOfItsOwn() {
        context.withPropertyValues("fincore.database.background-pool-size=1").run(started -> {
            try (Connection backlog = started.getBean(BackgroundDatabase.class)
                            .dataSource()
                            .getConnection();
                    Connection saga = started.getBean(DataSource.class).getConnection()) {
                assertThat(applicationName(backlog)).isEqualTo("fincore-worker-background");
                assertThat(applicationName(saga)).isEqualTo("fincore-worker");
            }
        });
    }

    private static String applicationName(Connection connection) {
        return JdbcClient.create(new SingleConnectionDataSource(connection, true))
                .sql("SELECT current_setting('application_name')")
                .query(String.class)
                .single();
    }

    private void addActivationOfAda() {
        all.sql("""
                INSERT INTO customers.customer (id, tenant, principal, name, email, metadata)
                VALUES ('cus_1', 'acme', 'alice', 'Ada', 'ada@example.com', '{}')""").update();
        all.sql("""
                INSERT INTO payments.account_activation (id, tenant, principal, customer_id, wallet_id, status, metadata,
                    correlation_id, ordered_at, deadline)
                VALUES ('act_1', 'acme', 'alice', 'cus_1', 'wal_1', 'completed', '{}', 'test', now(), now())""").update();
    }

    private HttpServer provider() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/notifications", this::take);
            server.start();
            return server;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void take(HttpExchange exchange) throws IOException {
        received.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        exchange.sendResponseHeaders(202, -1);
        exchange.close();
    }

    @EnableConfigurationProperties(WorkerSettings.class)
    private static final class Surroundings {

        @Bean
        CircuitBreakerRegistry breakers() {
            return CircuitBreakerRegistry.ofDefaults();
        }

        @Bean
        BulkheadRegistry bulkheads() {
            return BulkheadRegistry.ofDefaults();
        }

        @Bean
        OpenTelemetry openTelemetry() {
            return OpenTelemetry.noop();
        }

        @Bean
        MeterRegistry meters() {
            return new SimpleMeterRegistry();
        }
    }
}
