package io.fincore.providers;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fincore.money.Money;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class CreditTransferTest {

    @Test
    void refusesWhatNoBankCouldCarryOut() {
        assertThatThrownBy(() -> Samples.transfer(Money.of(0, "EUR"))).hasMessageContaining("zero");
        assertThatThrownBy(() -> transfer(" ", "DE89370400440532013000")).hasMessageContaining("creditor name");
        assertThatThrownBy(() -> transfer("ACME", "")).hasMessageContaining("creditor IBAN");
        assertThatThrownBy(() -> transfer("ACME", "1".repeat(35))).hasMessageContaining("34 characters");
    }

    @Test
    void settingsRefuseWhatCannotWork() {
        Duration second = Duration.ofSeconds(1);
        assertThatThrownBy(() -> BankSettings.of(URI.create("bank.example"))).hasMessageContaining("URL of a provider");
        assertThatThrownBy(() -> BankSettings.of(URI.create("ftp://bank"))).hasMessageContaining("URL of a provider");
        assertThatThrownBy(() -> new BankSettings(URI.create("http://bank"), Duration.ZERO, second))
                .hasMessageContaining("connect timeout");
        assertThatThrownBy(() -> new BankSettings(URI.create("http://bank"), second, second))
                .hasMessageContaining("read timeout");
    }

    private static CreditTransfer transfer(String creditorName, String creditorIban) {
        return new CreditTransfer(
                Samples.ID,
                Money.of(1, "EUR"),
                "A",
                "wal_1",
                creditorName,
                creditorIban,
                null,
                null,
                Instant.parse("2026-11-21T12:00:00Z"));
    }
}
