package io.fincore.api.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.fincore.ledger.TransferBatch;
import io.fincore.money.IdType;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Each id that is counted is remembered, so what an order names is looked at first. */
class WalletLimitsTest {

    @Test
    void countsWhatCanBeAWalletOnce() {
        String wallet = IdType.WALLET.next();
        String other = IdType.WALLET.next();

        assertThat(WalletLimits.counted(List.of(
                        "",
                        "wal_nope",
                        wallet,
                        IdType.PAYMENT.next(),
                        "x".repeat(1_000_000),
                        wallet + "x",
                        other,
                        wallet)))
                .containsExactly(wallet, other);
    }

    @Test
    void countsNoMoreThanAnOrderMayName() {
        List<String> tooMany = Stream.generate(IdType.WALLET::next)
                .limit(TransferBatch.MOST_ROWS + 1)
                .toList();

        assertThat(WalletLimits.counted(tooMany)).isEqualTo(tooMany.subList(0, TransferBatch.MOST_ROWS));
    }
}
