package io.fincore.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.fincore.ledger.Deposit;
import io.fincore.ledger.Ledger;
import io.fincore.ledger.OpenWallet;
import io.fincore.ledger.PlaceHold;
import io.fincore.ledger.Wallet;
import io.fincore.ledger.Wallets;
import io.fincore.money.Currency;
import io.fincore.money.IdType;
import io.fincore.money.Money;
import io.fincore.postgres.DatabaseRole;
import io.fincore.postgres.EmbeddedDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;

/** From the deadline to the money that is available again, as the worker is put together. */
class HoldConfigurationTest {

    private final EmbeddedDatabase database = EmbeddedDatabase.create();
    private final JdbcClient all = JdbcClient.create(database.asSuperuser());
    private final Wallets wallets = new Wallets(database.as(DatabaseRole.API));

    private final ApplicationContextRunner context = new ApplicationContextRunner()
            .withInitializer(new ConfigDataApplicationContextInitializer())
            .withPropertyValues("fincore.payloads.keys=plain")
            .withUserConfiguration(DatabaseConfiguration.class, HoldConfiguration.class, Surroundings.class)
            .withPropertyValues(
                    "fincore.database.url=" + database.jdbcUrl(),
                    "fincore.database.user=" + DatabaseRole.WORKER.roleName(),
                    "fincore.holds.expiry-interval=10ms");

    @Test
    void givesBackWhatHasExpiredAndCountsIt() {
        Wallet wallet = walletWithHolds();
        all.sql("UPDATE ledger.hold SET expires_at = now() WHERE amount = 60").update();

        context.run(started -> {
            MeterRegistry meters = started.getBean(MeterRegistry.class);
            started.getBean("overdueHolds", MeterBinder.class).bindTo(meters);
            long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (meters.get("fincore.holds.expired").counter().count() == 0 && System.nanoTime() < patience) {
                Thread.onSpinWait();
            }
            assertThat(meters.get("fincore.holds.expired").counter().count()).isEqualTo(1);
            assertThat(meters.get("fincore.holds.overdue").gauge().value()).isZero();
        });

        assertThat(wallets.find(wallet.id()).orElseThrow().available())
                .as("the other hold has time left")
                .isEqualTo(Money.of(70, "EUR"));
    }

    @Test
    void showsWhatIsOverdue() {
        walletWithHolds();
        all.sql("UPDATE ledger.hold SET expires_at = now()").update();

        context.withPropertyValues("fincore.database.user=" + DatabaseRole.API.roleName())
                .run(mayNotRelease -> {
                    MeterRegistry meters = mayNotRelease.getBean(MeterRegistry.class);
                    mayNotRelease.getBean("overdueHolds", MeterBinder.class).bindTo(meters);
                    assertThat(meters.get("fincore.holds.overdue").gauge().value())
                            .isEqualTo(2);
                    assertThat(meters.get("fincore.holds.expired").counter().count())
                            .isZero();
                });
    }

    private Wallet walletWithHolds() {
        Wallet wallet = wallets.open(
                        new OpenWallet("acme", "treasury", IdType.CUSTOMER.next(), new Currency("EUR"), Map.of()))
                .wallet();
        Ledger ledger = new Ledger(database.as(DatabaseRole.WORKER));
        ledger.activate(wallet.id());
        wallets.deposit(new Deposit("deposit", wallet.id(), Money.of(100, "EUR"), null));
        Instant later = Instant.now().plus(Duration.ofDays(7));
        ledger.placeHold(new PlaceHold("first", IdType.HOLD.next(), wallet.id(), Money.of(60, "EUR"), later));
        ledger.placeHold(new PlaceHold("second", IdType.HOLD.next(), wallet.id(), Money.of(30, "EUR"), later));
        return wallet;
    }

    @EnableConfigurationProperties(WorkerSettings.class)
    private static final class Surroundings {

        @Bean
        MeterRegistry meters() {
            return new SimpleMeterRegistry();
        }
    }
}
