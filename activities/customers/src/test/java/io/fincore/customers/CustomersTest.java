package io.fincore.customers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fincore.money.IdType;
import io.fincore.postgres.DatabaseRole;
import io.fincore.postgres.EmbeddedDatabase;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

class CustomersTest {

    private final EmbeddedDatabase database = EmbeddedDatabase.create();
    private final Customers customers = new Customers(database.as(DatabaseRole.API));

    @Test
    void createsAnUnverifiedCustomer() {
        Map<String, String> metadata = Map.of("crm", "\"42\" \\ {}", "empty", "");
        Customer created = customers.create(new NewCustomer(
                "acme", "treasury", "Zoë Müller", "zoe@example.com", LocalDate.of(1990, 2, 28), "DE", metadata));
        assertThat(created)
                .isEqualTo(new Customer(
                        IdType.CUSTOMER.require(created.id()),
                        "acme",
                        "treasury",
                        "Zoë Müller",
                        "zoe@example.com",
                        LocalDate.of(1990, 2, 28),
                        "DE",
                        CustomerStatus.UNVERIFIED,
                        created.createdAt(),
                        metadata));
        assertThat(customers.find(created.id())).contains(created);
        assertThat(new Customers(database.as(DatabaseRole.WORKER)).find(created.id()))
                .contains(created);
    }

    /** In the audit log: that there is a customer and what became of it, by whom, and nothing of the person. */
    @Test
    void isAuditedWithoutNameAndAddress() {
        Customer created = customers.create(minimal("Ada", "ada@example.com", null));
        new Customers(database.as(DatabaseRole.WORKER)).verify(created.id(), "act_1");

        assertThat(JdbcClient.create(database.asSuperuser())
                        .sql("SELECT action || ' ' || object || ' ' || object_id || ' ' || coalesce(before::text, '-') || ' ' || after"
                                + " || ' ' || origin FROM audit.unsealed ORDER BY id")
                        .query(String.class)
                        .list())
                .containsExactly(
                        "customer.registered customer " + created.id()
                                + " - {\"status\": \"unverified\"} {\"actor\": \"fincore_api\"}",
                        "customer.status_changed customer " + created.id()
                                + " {\"status\": \"unverified\"} {\"status\": \"verified\"} {\"actor\": \"fincore_worker\"}");
    }

    @Test
    void needsNameAndEmailOnly() {
        Customer created = customers.create(minimal("Ada", "ada@example.com", null));
        assertThat(customers.find(created.id()).orElseThrow())
                .extracting(Customer::dateOfBirth, Customer::country, Customer::metadata)
                .containsExactly(null, null, Map.of());
        assertThat(customers.find(IdType.CUSTOMER.next())).isEmpty();
    }

    @Test
    void refusesWhatIsOutOfBounds() {
        for (String name : List.of("", " ", "x".repeat(141))) {
            assertRefused(name, "ada@example.com", null);
        }
        for (String email : List.of("", "ada", "ada@", "@example.com", "a b@c", "x@" + "y".repeat(253))) {
            assertRefused("Ada", email, null);
        }
        for (String country : List.of("de", "DEU", "")) {
            assertRefused("Ada", "ada@example.com", country);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO customers.customer (id, tenant, principal, name, email, metadata)"
                        + " VALUES ('c', 't', 'p', 'n', 'e@f', '{}')",
                "UPDATE customers.customer SET name = 'other'",
                "DELETE FROM customers.customer",
                "TRUNCATE customers.customer"
            })
    void letsTheWorkerChangeTheStatusOnly(String statement) {
        Customer created = customers.create(minimal("Ada", "ada@example.com", null));
        assertThatThrownBy(() -> as(DatabaseRole.WORKER, statement))
                .rootCause()
                .hasMessageContaining("permission denied");
        as(DatabaseRole.WORKER, "UPDATE customers.customer SET status = 'verified'");
        assertThat(customers.find(created.id()).orElseThrow().status()).isEqualTo(CustomerStatus.VERIFIED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE customers.customer SET status = 'verified'",
                "DELETE FROM customers.customer",
                "TRUNCATE customers.customer"
            })
    void letsTheApiChangeNothing(String statement) {
        assertThatThrownBy(() -> as(DatabaseRole.API, statement)).rootCause().hasMessageContaining("permission denied");
    }

    private void as(DatabaseRole role, String sql) {
        JdbcClient.create(database.as(role)).sql(sql).update();
    }

    private static void assertRefused(String name, String email, @Nullable String country) {
        assertThatThrownBy(() -> minimal(name, email, country))
                .as("%s, %s, %s", name, email, country)
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static NewCustomer minimal(String name, String email, @Nullable String country) {
        return new NewCustomer("acme", "treasury", name, email, null, country, Map.of());
    }

    @Test
    void isVerifiedAsLongAsOneGroundIsLeft() {
        Customers worker = new Customers(database.as(DatabaseRole.WORKER));
        String id = customers.create(minimal("Ada", "ada@example.com", null)).id();

        assertThat(worker.verify(id, "first")).isEqualTo(CustomerStatus.UNVERIFIED);
        assertThat(worker.verify(id, "first")).as("again").isEqualTo(CustomerStatus.VERIFIED);
        assertThat(worker.verify(id, "second")).isEqualTo(CustomerStatus.VERIFIED);

        assertThat(worker.withdrawVerification(id, "first"))
                .as("the first fails later than the second succeeds")
                .isEqualTo(CustomerStatus.VERIFIED);
        assertThat(worker.withdrawVerification(id, "second")).isEqualTo(CustomerStatus.UNVERIFIED);
        assertThat(worker.withdrawVerification(id, "second")).as("again").isEqualTo(CustomerStatus.UNVERIFIED);
    }

    @Test
    void becomesRejectedAgainWhenItsVerificationIsWithdrawn() {
        Customers worker = new Customers(database.as(DatabaseRole.WORKER));
        String id = customers.create(minimal("Rex", "rex@example.com", null)).id();
        worker.reject(id);
        assertThat(status(id)).isEqualTo(CustomerStatus.REJECTED);

        assertThat(worker.verify(id, "second try")).isEqualTo(CustomerStatus.REJECTED);
        worker.reject(id);
        assertThat(status(id)).as("whom another check has verified").isEqualTo(CustomerStatus.VERIFIED);

        assertThat(worker.withdrawVerification(id, "second try")).isEqualTo(CustomerStatus.REJECTED);
    }

    private CustomerStatus status(String id) {
        return customers.find(id).orElseThrow().status();
    }
}
