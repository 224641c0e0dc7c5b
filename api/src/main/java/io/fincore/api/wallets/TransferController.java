package io.fincore.api.wallets;

import io.fincore.api.idempotency.IdempotentCall;
import io.fincore.api.idempotency.IdempotentRequests;
import io.fincore.api.security.Caller;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.validation.Valid;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;

@Tag(name = "Transfers")
@RestController
class TransferController {

    private final IdempotentRequests requests;
    private final TransferDesk desk;

    TransferController(IdempotentRequests requests, TransferDesk desk) {
        this.requests = requests;
        this.desk = desk;
    }

    @Operation(summary = "Move money from one wallet to another")
    @ApiResponse(
            responseCode = "201",
            description = "Booked",
            content = @Content(schema = @Schema(implementation = TransferBody.class)))
    @PostMapping(
            path = "/v1/transfers",
            consumes = MediaType.APPLICATION_JSON_VALUE,
            produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<byte[]> create(
            Caller caller,
            @RequestHeader(name = "Idempotency-Key") String key,
            @Valid @RequestBody TransferRequest body) {
        IdempotentCall call = requests.call(caller, "transfers.create", key, body);
        return desk.transfer(call, body).toResponse();
    }
}
