package io.fincore.api.customers;

import io.fincore.customers.Customer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A customer, as the API shows it. */
record CustomerBody(
        String id,
        String object,
        String name,
        String email,
        @Nullable LocalDate dateOfBirth,
        @Nullable String country,
        String status,
        Map<String, String> metadata,
        Instant createdAt) {

    static CustomerBody of(Customer customer) {
        return new CustomerBody(
                customer.id(),
                "customer",
                customer.name(),
                customer.email(),
                customer.dateOfBirth(),
                customer.country(),
                customer.status().name().toLowerCase(Locale.ROOT),
                customer.metadata(),
                customer.createdAt());
    }
}
