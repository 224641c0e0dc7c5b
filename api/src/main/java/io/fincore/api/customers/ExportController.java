package io.fincore.api.customers;

import io.fincore.api.request.EntityTags;
import io.fincore.api.security.Caller;
import io.fincore.customers.Customer;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * For whoever answers a person's request (GDPR art. 15 and 20). It has the notes of compliance officers and the reasons of decisions, so it
 * is for admins and not for the client whose customer it is.
 */
@Tag(name = "Customers")
@RestController
class ExportController {

    private static final Logger LOG = LoggerFactory.getLogger(ExportController.class);

    private final OwnCustomers customers;
    private final CustomerExport export;

    ExportController(OwnCustomers customers, CustomerExport export) {
        this.customers = customers;
        this.export = export;
    }

    @Operation(
            summary = "Everything that is stored of a customer of the tenant",
            description = "Row by row as the tables have it; which table is in which section is documented. Streamed.")
    @ApiResponse(
            responseCode = "200",
            description = "Not whole if it does not end as JSON does",
            content = @Content(schema = @Schema(implementation = CustomerExportBody.class)))
    @GetMapping(path = CustomerController.PATH + "/{id}/export", produces = MediaType.APPLICATION_JSON_VALUE)
    void export(Caller caller, @PathVariable String id, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        Customer customer = customers.requireOfTenant(caller, id);
        LOG.atInfo().addKeyValue("actor", caller.principal()).log("customer {} is exported", customer.id());
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setHeader("Cache-Control", "no-store");
        EntityTags.giveNone(request);
        export.write(customer.id(), response.getOutputStream());
    }
}
