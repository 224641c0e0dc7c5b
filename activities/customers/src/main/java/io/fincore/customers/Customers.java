package io.fincore.customers;

import io.fincore.money.IdType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The register of customers. Reading is open to both runtime roles, creating needs the role of the API, verifying that of the worker.
 * Each call is one statement, so it joins the caller's Spring transaction on the same data source and needs none of its own; only {@link
 * #withdrawVerification} is several, and wants to be called in a transaction.
 */
public final class Customers {

    private static final String COLUMNS = """
            id, tenant, principal, name, email, date_of_birth, country, status, created_at,
            ARRAY(SELECT key FROM jsonb_each_text(metadata) ORDER BY key) AS metadata_keys,
            ARRAY(SELECT value FROM jsonb_each_text(metadata) ORDER BY key) AS metadata_values
            """;

    private final JdbcClient jdbc;

    public Customers(DataSource dataSource) {
        jdbc = JdbcClient.create(dataSource);
    }

    /** Creates a customer, unverified. */
    public Customer create(NewCustomer customer) {
        return jdbc.sql("""
                        INSERT INTO customers.customer
                               (id, tenant, principal, name, email, date_of_birth, country, metadata)
                        VALUES (?, ?, ?, ?, ?, ?, ?, jsonb_object(?))
                        RETURNING
                        """ + COLUMNS)
                .params(
                        IdType.CUSTOMER.next(),
                        customer.tenant(),
                        customer.principal(),
                        customer.name(),
                        customer.email(),
                        customer.dateOfBirth(),
                        customer.country(),
                        flatten(customer.metadata()))
                .query(Customers::read)
                .single();
    }

    public Optional<Customer> find(String customerId) {
        return jdbc.sql("SELECT " + COLUMNS + " FROM customers.customer WHERE id = ?")
                .param(customerId)
                .query(Customers::read)
                .optional();
    }

    /**
     * Verifies a customer. Repeated for the same ground, it changes nothing.
     *
     * @param ground what the verification stands on, such as the id of an activation
     * @return the customer's status before
     * @throws org.springframework.dao.EmptyResultDataAccessException if there is no such customer
     */
    public CustomerStatus verify(String customerId, String ground) {
        return status(jdbc.sql("""
                        WITH before AS (
                            SELECT id, status FROM customers.customer WHERE id = :id FOR NO KEY UPDATE),
                        grounded AS (
                            INSERT INTO customers.verification (customer_id, ground, status_before)
                            SELECT id, :ground, status FROM before ON CONFLICT DO NOTHING),
                        verified AS (
                            UPDATE customers.customer SET status = 'verified' WHERE id = (SELECT id FROM before))
                        SELECT status FROM before""")
                .param("id", customerId)
                .param("ground", ground)
                .query(String.class)
                .single());
    }

    /**
     * Takes one ground of a customer's verification away. If no other is left, the customer is what it was before the first.
     *
     * @return the customer's status after
     * @throws org.springframework.dao.EmptyResultDataAccessException if there is no such customer
     */
    public CustomerStatus withdrawVerification(String customerId, String ground) {
        jdbc.sql("SELECT FROM customers.customer WHERE id = ? FOR NO KEY UPDATE")
                .param(customerId)
                .query()
                .singleRow();
        jdbc.sql("""
                        UPDATE customers.verification SET withdrawn_at = clock_timestamp()
                         WHERE customer_id = ? AND ground = ? AND withdrawn_at IS NULL""").params(customerId, ground).update();
        return status(jdbc.sql("""
                        UPDATE customers.customer c
                           SET status = CASE
                               WHEN EXISTS (SELECT FROM customers.verification v
                                             WHERE v.customer_id = c.id AND v.withdrawn_at IS NULL) THEN 'verified'
                               ELSE coalesce((SELECT v.status_before FROM customers.verification v
                                               WHERE v.customer_id = c.id AND v.status_before <> 'verified'
                                               ORDER BY v.verified_at DESC LIMIT 1), c.status) END
                         WHERE c.id = ?
                        RETURNING c.status""").param(customerId).query(String.class).single());
    }

    /** Notes that a customer did not pass a check; one that others have verified stays so. */
    public void reject(String customerId) {
        jdbc.sql("UPDATE customers.customer SET status = 'rejected' WHERE id = ? AND status = 'unverified'")
                .param(customerId)
                .update();
    }

    /**
     * Locks a customer until the caller's transaction ends: nothing new is begun for them meanwhile.
     *
     * @throws org.springframework.dao.EmptyResultDataAccessException if there is no such customer
     */
    public void lock(String customerId) {
        jdbc.sql("SELECT FROM customers.customer WHERE id = ? FOR UPDATE")
                .param(customerId)
                .query()
                .singleRow();
    }

    /** Replaces what tells of the person by pseudonyms, for ever. Repeated, it changes nothing. */
    public void erase(String customerId) {
        jdbc.sql("SELECT customers.erase(?)")
                .param(customerId)
                .query(Boolean.class)
                .single();
    }

    /**
     * Whether the customer was erased. Who begins something for a customer asks in the same transaction: none is erased before it ends.
     *
     * @return false also if there is no such customer
     */
    public boolean isErased(String customerId) {
        return jdbc.sql("SELECT customers.kept_status(?)")
                .param(customerId)
                .query(String.class)
                .optional()
                .filter("erased"::equals)
                .isPresent();
    }

    private static CustomerStatus status(String code) {
        return CustomerStatus.valueOf(code.toUpperCase(Locale.ROOT));
    }

    private static Customer read(ResultSet row, int number) throws SQLException {
        return new Customer(
                row.getString("id"),
                row.getString("tenant"),
                row.getString("principal"),
                row.getString("name"),
                row.getString("email"),
                row.getObject("date_of_birth", LocalDate.class),
                row.getString("country"),
                status(row.getString("status")),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                metadata(row));
    }

    /** Keys and values one after the other, as {@code jsonb_object} takes them. */
    private static String[] flatten(Map<String, String> metadata) {
        return metadata.entrySet().stream()
                .flatMap(entry -> Stream.of(entry.getKey(), entry.getValue()))
                .toArray(String[]::new);
    }

    private static Map<String, String> metadata(ResultSet row) throws SQLException {
        String[] keys = (String[]) row.getArray("metadata_keys").getArray();
        String[] values = (String[]) row.getArray("metadata_values").getArray();
        Map<String, String> metadata = new HashMap<>();
        for (int i = 0; i < keys.length; i++) {
            metadata.put(keys[i], values[i]);
        }
        return metadata;
    }
}
