package io.fincore.ledger;

import java.util.List;

/** What came of {@link TransferBatch}. */
public sealed interface TransferBatchOutcome
        permits TransferBatchOutcome.Done, TransferBatchOutcome.Refused, OperationKeyReused {

    /** @param rows what came of each row, in their order; of an atomic batch all are transferred */
    record Done(List<TransferOutcome> rows) implements TransferBatchOutcome {

        public Done {
            rows = List.copyOf(rows);
        }
    }

    /**
     * An atomic batch has a row that cannot be; nothing was moved.
     *
     * @param row the first such row, from 0
     */
    record Refused(int row, TransferOutcome why) implements TransferBatchOutcome {}
}
