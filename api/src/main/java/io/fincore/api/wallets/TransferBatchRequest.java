package io.fincore.api.wallets;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.fincore.api.limits.Spends;
import io.fincore.api.validation.Metadata;
import io.fincore.ledger.TransferBatch;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Transfers to be taken in their order.
 *
 * @param mode what becomes of the others when one is refused: none is booked, or each stands for itself
 * @param metadata of the batch; each transfer may have its own
 */
record TransferBatchRequest(
        @NotNull Mode mode,

        @NotNull @Size(min = 1, max = TransferBatch.MOST_ROWS)
        List<@NotNull @Valid TransferRequest> transfers,

        @Nullable @Metadata Map<String, String> metadata)
        implements Spends {

    /** One order from each wallet, however many transfers it makes. */
    @Override
    public Collection<String> sources() {
        return transfers == null
                ? List.of()
                : transfers.stream()
                        .filter(Objects::nonNull)
                        .flatMap(transfer -> transfer.sources().stream())
                        .collect(Collectors.toSet());
    }

    Map<String, String> givenMetadata() {
        return Objects.requireNonNullElse(metadata, Map.of());
    }

    enum Mode {
        @JsonProperty("atomic")
        ATOMIC,
        @JsonProperty("each")
        EACH
    }
}
