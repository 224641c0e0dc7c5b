package io.fincore.api.customers;

import io.fincore.api.problem.ProblemException;
import io.fincore.api.problem.ProblemType;
import io.fincore.api.security.Caller;
import io.fincore.customers.Customer;
import io.fincore.customers.Customers;
import io.fincore.money.IdType;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The customers of a caller; those of others do not exist for them. */
@Component
public class OwnCustomers {

    private final Customers customers;

    OwnCustomers(Customers customers) {
        this.customers = customers;
    }

    /** @throws ProblemException 404 */
    public Customer require(Caller caller, String customerId) {
        return ofTenant(caller, customerId)
                .filter(customer -> customer.principal().equals(caller.principal()))
                .orElseThrow(() ->
                        new ProblemException(ProblemType.CUSTOMER_NOT_FOUND, "There is no such customer of yours."));
    }

    /**
     * For what is begun for a customer, in its transaction: none is erased before that ends.
     *
     * @throws ProblemException 404, or 409 if the customer is erased
     */
    public Customer requirePresent(Caller caller, String customerId) {
        Customer customer = require(caller, customerId);
        if (customers.isErased(customerId)) {
            throw new ProblemException(ProblemType.CUSTOMER_ERASED, "The customer is erased.");
        }
        return customer;
    }

    /**
     * For admins, who see those of all the tenant's principals.
     *
     * @throws ProblemException 404
     */
    Customer requireOfTenant(Caller caller, String customerId) {
        return ofTenant(caller, customerId)
                .orElseThrow(() -> new ProblemException(
                        ProblemType.CUSTOMER_NOT_FOUND, "There is no such customer in your tenant."));
    }

    private Optional<Customer> ofTenant(Caller caller, String customerId) {
        return Optional.of(customerId)
                .filter(IdType.CUSTOMER::matches)
                .flatMap(customers::find)
                .filter(customer -> customer.tenant().equals(caller.tenant()));
    }
}
