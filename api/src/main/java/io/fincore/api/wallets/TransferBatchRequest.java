package io.fincore.api.wallets;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.fincore.ledger.TransferBatch;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;

/**
 * Transfers to be taken in their order.
 *
 * @param mode what becomes of the others when one is refused: none is booked, or each stands for itself
 */
record TransferBatchRequest(
        @NotNull Mode mode,

        @NotNull @Size(min = 1, max = TransferBatch.MOST_ROWS)
        List<@NotNull @Valid TransferRequest> transfers) {

    enum Mode {
        @JsonProperty("atomic")
        ATOMIC,
        @JsonProperty("each")
        EACH
    }
}
