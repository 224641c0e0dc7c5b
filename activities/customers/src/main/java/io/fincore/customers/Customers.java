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
 * The register of customers. Reading is open to both runtime roles, creating needs the role of the API. Each call is
 * one statement, so it joins the caller's Spring transaction on the same data source and needs none of its own.
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

    private static Customer read(ResultSet row, int number) throws SQLException {
        return new Customer(
                row.getString("id"),
                row.getString("tenant"),
                row.getString("principal"),
                row.getString("name"),
                row.getString("email"),
                row.getObject("date_of_birth", LocalDate.class),
                row.getString("country"),
                CustomerStatus.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
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
