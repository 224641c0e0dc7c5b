package io.fincore.steps;

import io.fincore.money.IdType;
import io.fincore.money.Money;
import io.fincore.workflows.payment.PaymentOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Payments for tests that need a row, and no saga. */
final class Orders {

    private Orders() {}

    static PaymentOrder of(String customerId, Money amount, @Nullable String reference, Instant orderedAt) {
        return new PaymentOrder(
                IdType.PAYMENT.next(),
                PaymentSaga.TENANT,
                PaymentSaga.OWNER,
                customerId,
                IdType.WALLET.next(),
                amount,
                new PaymentOrder.Creditor("ACME GmbH", "DE89370400440532013000", null),
                reference,
                Map.of(),
                null,
                "test",
                orderedAt,
                orderedAt.plus(Duration.ofHours(1)));
    }
}
