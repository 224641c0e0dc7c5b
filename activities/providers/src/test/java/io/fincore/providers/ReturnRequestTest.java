package io.fincore.providers;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fincore.money.EndToEndId;
import io.fincore.money.Money;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ReturnRequestTest {

    @Test
    void refusesWhatNoBankCouldCarryOut() {
        Money amount = Money.of(1, "EUR");
        assertThatThrownBy(() -> request(Samples.ID, Samples.OTHER_ID, amount))
                .hasMessageContaining("not the end-to-end id of a refund");
        assertThatThrownBy(() -> request(Samples.RETURN_ID, Samples.RETURN_ID, amount))
                .hasMessageContaining("not the end-to-end id of a payment");
        assertThatThrownBy(() -> request(Samples.RETURN_ID, Samples.ID, Money.of(0, "EUR")))
                .hasMessageContaining("zero");
    }

    private static ReturnRequest request(EndToEndId id, EndToEndId original, Money amount) {
        return new ReturnRequest(id, original, amount, null, Instant.parse("2026-11-21T12:00:00Z"));
    }
}
