package io.fincore.ledger;

import io.fincore.money.Money;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Many transfers by one call, taken in their order.
 *
 * @param operationKey of the whole batch, see {@link Wallets#deposit}
 * @param rows 1 to {@link #MOST_ROWS}
 */
public record TransferBatch(String operationKey, Mode mode, List<Row> rows) {

    public static final int MOST_ROWS = 1_000;

    /** What becomes of the others when one is refused. */
    public enum Mode {
        /** All or none. */
        ATOMIC,
        /** Each for itself. */
        EACH
    }

    /** As {@link Transfer}. */
    public record Row(
            String source,
            String destination,
            Money amount,
            @Nullable String reference,
            Map<String, String> metadata) {

        public Row {
            Transfer.require(source, destination, amount);
            metadata = Map.copyOf(metadata);
        }
    }

    public TransferBatch {
        OperationKey.require(operationKey);
        rows = List.copyOf(rows);
        if (rows.isEmpty() || rows.size() > MOST_ROWS) {
            throw new IllegalArgumentException("a batch has 1 to " + MOST_ROWS + " rows, not " + rows.size());
        }
    }
}
