package io.fincore.api.wallets;

import io.fincore.api.lists.Cursor;
import io.fincore.api.lists.IdFilter;
import io.fincore.api.lists.MetadataFilter;
import io.fincore.api.problem.ProblemException;
import io.fincore.ledger.MovementQuery;
import io.fincore.ledger.TransactionKind;
import io.fincore.money.IdType;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which transactions of a wallet are asked for; null does not restrict. */
record TransactionFilter(
        @Nullable String type,
        @Nullable String counterpart,
        @Nullable Instant createdGte,
        @Nullable Instant createdLt,
        @Nullable Long amountGte,
        @Nullable Long amountLte,
        MetadataFilter metadata) {

    TransactionFilter {
        if (type != null
                && Arrays.stream(TransactionKind.values())
                        .noneMatch(kind -> name(kind).equals(type))) {
            throw ProblemException.parameter(
                    "type",
                    "is one of "
                            + Arrays.stream(TransactionKind.values())
                                    .map(TransactionFilter::name)
                                    .collect(Collectors.joining(", ")));
        }
        IdFilter.require("counterpart", IdType.WALLET, counterpart);
    }

    MovementQuery query(String walletId, Cursor cursor) {
        return new MovementQuery(
                walletId,
                createdGte,
                createdLt,
                type == null ? null : TransactionKind.valueOf(type.toUpperCase(Locale.ROOT)),
                amountGte,
                amountLte,
                counterpart,
                metadata.pairs(),
                cursor.endingBefore(),
                cursor.startingAfter(),
                cursor.fetch());
    }

    private static String name(TransactionKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}
