package io.fincore.api.customers;

import io.fincore.api.idempotency.Answer;
import io.fincore.api.idempotency.Answers;
import io.fincore.api.idempotency.IdempotentRequests;
import io.fincore.api.security.Caller;
import io.fincore.customers.Customer;
import io.fincore.customers.Customers;
import io.fincore.customers.NewCustomer;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Customers")
@RestController
@RequestMapping(path = CustomerController.PATH, produces = MediaType.APPLICATION_JSON_VALUE)
class CustomerController {

    static final String PATH = "/v1/customers";

    private final IdempotentRequests requests;
    private final Answers answers;
    private final Customers customers;
    private final OwnCustomers own;

    CustomerController(IdempotentRequests requests, Answers answers, Customers customers, OwnCustomers own) {
        this.requests = requests;
        this.answers = answers;
        this.customers = customers;
        this.own = own;
    }

    @Operation(summary = "Create a customer")
    @ApiResponse(
            responseCode = "201",
            description = "Created, not verified yet",
            content = @Content(schema = @Schema(implementation = CustomerBody.class)))
    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> create(
            Caller caller,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @Valid @RequestBody CustomerRequest body) {
        return requests.inOneTransaction(
                        key == null ? null : requests.call(caller, "customers.create", key, body),
                        id -> create(caller, body))
                .toResponse();
    }

    private Answer create(Caller caller, CustomerRequest body) {
        Customer customer = customers.create(new NewCustomer(
                caller.tenant(),
                caller.principal(),
                body.name(),
                body.email(),
                body.dateOfBirth(),
                body.country(),
                Objects.requireNonNullElse(body.metadata(), Map.of())));
        return answers.json(HttpStatus.CREATED, PATH + "/" + customer.id(), CustomerBody.of(customer));
    }

    @Operation(summary = "Read a customer")
    @GetMapping("/{id}")
    CustomerBody read(Caller caller, @PathVariable String id) {
        return CustomerBody.of(own.require(caller, id));
    }
}
