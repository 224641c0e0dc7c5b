package io.fincore.api.wallets;

import io.fincore.api.lists.Cursor;
import io.fincore.api.lists.Filters;
import io.fincore.api.lists.MetadataFilter;
import io.fincore.ledger.MovementQuery;
import io.fincore.ledger.TransactionKind;
import io.fincore.money.IdType;
import java.time.Instant;
import java.util.Locale;
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
        Filters.requireOneOf(
                "type", TransactionKind.values(), kind -> kind.name().toLowerCase(Locale.ROOT), type);
        Filters.requireId("counterpart", IdType.WALLET, counterpart);
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
}
