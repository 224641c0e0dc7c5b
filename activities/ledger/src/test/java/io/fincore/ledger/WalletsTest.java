package io.fincore.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.fincore.money.Currency;
import io.fincore.money.IdType;
import io.fincore.money.Money;
import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class WalletsTest {

    private static final Currency EUR = new Currency("EUR");

    private final WorldOfWallets world = new WorldOfWallets();
    private final Wallets wallets = world.wallets;

    @Test
    void opensAnEmptyWalletThatWaitsForItsActivation() {
        String customer = IdType.CUSTOMER.next();
        Map<String, String> metadata = Map.of("colour", "blue \"green\", \\ {}", "shelf", "");
        OpenOutcome outcome = wallets.open(new OpenWallet("acme", "treasury", customer, EUR, metadata));
        Wallet wallet = outcome.wallet();
        assertThat(outcome).isEqualTo(new OpenOutcome.Opened(wallet));
        assertThat(wallet)
                .isEqualTo(new Wallet(
                        IdType.WALLET.require(wallet.id()),
                        "acme",
                        "treasury",
                        customer,
                        EUR,
                        WalletStatus.PENDING_ACTIVATION,
                        Money.of(0, "EUR"),
                        Money.of(0, "EUR"),
                        wallet.createdAt(),
                        metadata));
        assertThat(wallets.find(wallet.id())).contains(wallet);
        assertThat(wallets.ofCustomer(customer)).containsExactly(wallet);
    }

    @Test
    void movesNothingBeforeItsActivation() {
        Wallet wallet = wallets.open(new OpenWallet("acme", "treasury", IdType.CUSTOMER.next(), EUR, Map.of()))
                .wallet();
        Deposit deposit = new Deposit("early", wallet.id(), Money.of(1, "EUR"), null);
        assertThat(wallets.deposit(deposit)).isEqualTo(new WalletNotActive(WalletStatus.PENDING_ACTIVATION));

        assertThat(world.ledger.activate(wallet.id())).isEqualTo(new ActivationOutcome.Activated());
        assertThat(world.ledger.activate(wallet.id())).as("again").isEqualTo(new ActivationOutcome.Activated());

        assertThat(wallets.deposit(deposit)).isInstanceOf(DepositOutcome.Deposited.class);
    }

    @Test
    void activatesOnlyWhatWaitsForIt() {
        Wallet frozen = world.wallet("EUR");
        world.superuser
                .sql("UPDATE ledger.wallet SET status = 'frozen' WHERE id = ?")
                .param(frozen.id())
                .update();

        assertThat(world.ledger.activate(frozen.id())).isEqualTo(new WalletNotActive(WalletStatus.FROZEN));
        assertThat(world.ledger.activate(IdType.WALLET.next())).isEqualTo(new WalletUnknown());
        assertThat(wallets.find(frozen.id()).orElseThrow().status()).isEqualTo(WalletStatus.FROZEN);
    }

    @Test
    void hasOneWalletPerOwnerCustomerAndCurrency() {
        String customer = IdType.CUSTOMER.next();
        Wallet first = wallets.open(new OpenWallet("acme", "treasury", customer, EUR, Map.of("n", "1")))
                .wallet();
        assertThat(wallets.open(new OpenWallet("acme", "treasury", customer, EUR, Map.of("n", "2"))))
                .isEqualTo(new OpenOutcome.AlreadyOpen(first));
        Wallet yen = wallets.open(new OpenWallet("acme", "treasury", customer, new Currency("JPY"), Map.of()))
                .wallet();
        assertThat(wallets.ofCustomer(customer)).containsExactly(first, yen);
        assertThat(wallets.open(new OpenWallet("rival", "treasury", customer, EUR, Map.of())))
                .as("another tenant is told nothing of this wallet")
                .isInstanceOf(OpenOutcome.Opened.class);
    }

    @Test
    void openedByTwentyAtOnceIsOneWallet() {
        OpenWallet command = new OpenWallet("acme", "treasury", IdType.CUSTOMER.next(), EUR, Map.of());
        List<OpenOutcome> outcomes = AtOnce.collect(20, () -> wallets.open(command));
        assertThat(outcomes)
                .extracting(OpenOutcome::wallet)
                .containsOnly(outcomes.getFirst().wallet());
        assertThat(outcomes).filteredOn(OpenOutcome.Opened.class::isInstance).hasSize(1);
        assertThat(wallets.ofCustomer(command.customerId())).hasSize(1);
        assertThat(world.superuser
                        .sql("SELECT code, count(*) AS n FROM ledger.account JOIN ledger.account_balance"
                                + " ON account_id = id GROUP BY code")
                        .query((row, number) -> Map.entry(row.getString("code"), row.getInt("n")))
                        .list())
                .containsExactlyInAnyOrder(
                        Map.entry("customer_wallet", 1),
                        Map.entry("nostro", 16),
                        Map.entry("bank_clearing", 16),
                        Map.entry("suspense", 16),
                        Map.entry("opening", 16));
    }

    @ParameterizedTest
    @ValueSource(strings = {"EUR", "JPY", "KWD"})
    void depositsInMinorUnitsOfEveryExponent(String currency) {
        Wallet wallet = world.wallet(currency);
        world.deposit(wallet, Money.of(1, currency));
        DepositOutcome.Deposited deposited = (DepositOutcome.Deposited)
                wallets.deposit(new Deposit("key", wallet.id(), Money.of(1250, currency), "salary"));
        assertThat(deposited)
                .isEqualTo(new DepositOutcome.Deposited(
                        IdType.TRANSACTION.require(deposited.transactionId()),
                        Money.of(1, currency),
                        Money.of(1251, currency),
                        deposited.bookedAt()));

        Transaction transaction =
                world.book.transaction(deposited.transactionId()).orElseThrow();
        Entry nostro = transaction.entries().getFirst();
        Entry credited = transaction.entries().getLast();
        Money amount = Money.of(1250, currency);
        assertThat(transaction)
                .isEqualTo(new Transaction(
                        deposited.transactionId(),
                        TransactionKind.DEPOSIT,
                        "salary",
                        null,
                        null,
                        deposited.bookedAt(),
                        List.of(
                                new Entry(
                                        nostro.accountId(), AccountCode.NOSTRO, nostro.seq(), Side.DEBIT, amount, null),
                                new Entry(
                                        credited.accountId(),
                                        AccountCode.CUSTOMER_WALLET,
                                        2,
                                        Side.CREDIT,
                                        amount,
                                        Money.of(1251, currency)))));
        world.assertWallet(wallet, Money.of(1251, currency), Money.of(1251, currency));
        BigInteger total = BigInteger.valueOf(1251);
        assertThat(world.book.trialBalances())
                .containsExactly(new TrialBalance(
                        new Currency(currency),
                        total,
                        total,
                        Map.of(AccountCode.NOSTRO, total, AccountCode.CUSTOMER_WALLET, total)));
    }

    @Test
    void booksAfterTheLastEntryWhateverTheClockSays() {
        Wallet wallet = world.wallet(Money.of(1, "EUR"));
        Instant ahead = Instant.parse("2100-01-01T00:00:00Z");
        world.superuser
                .sql("UPDATE ledger.account_balance SET last_booked_at = ? WHERE guarded")
                .param(ahead.atOffset(ZoneOffset.UTC))
                .update();
        assertThat(world.deposit(wallet, Money.of(1, "EUR")).bookedAt()).isEqualTo(ahead.plus(1, ChronoUnit.MICROS));
        String hold = world.hold(wallet, Money.of(1, "EUR"));
        world.ledger.settleHold(new SettleHold("settle", hold, Money.of(1, "EUR"), null));
        assertThat(wallets.balance(wallet.id()).orElseThrow().at()).isEqualTo(ahead.plus(2, ChronoUnit.MICROS));
    }

    @Test
    void refusesDepositsThatCannotBe() {
        Wallet wallet = world.wallet(Money.of(5, "EUR"));
        long rows = world.rows();
        assertThat(wallets.deposit(new Deposit("a", IdType.WALLET.next(), Money.of(1, "EUR"), null)))
                .isEqualTo(new WalletUnknown());
        assertThat(wallets.deposit(new Deposit("a", wallet.id(), Money.of(1, "USD"), null)))
                .isEqualTo(new CurrencyMismatch(EUR));
        assertThat(wallets.deposit(new Deposit("a", wallet.id(), Money.of(Money.MAX_MINOR_UNITS - 4, "EUR"), null)))
                .isEqualTo(new DepositOutcome.BalanceTooLarge(Money.of(5, "EUR")));
        assertThat(world.rows()).isEqualTo(rows);
        world.assertWallet(wallet, Money.of(5, "EUR"), Money.of(5, "EUR"));
        assertThat(wallets.deposit(new Deposit("a", wallet.id(), Money.of(Money.MAX_MINOR_UNITS - 5, "EUR"), null)))
                .as("refusals are not remembered, and the largest balance is possible")
                .isInstanceOf(DepositOutcome.Deposited.class);
        assertThatThrownBy(() -> new Deposit("b", wallet.id(), Money.of(0, "EUR"), null))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = WalletStatus.class,
            names = {"ACTIVE"},
            mode = EnumSource.Mode.EXCLUDE)
    void takesDepositsOnlyWhenActive(WalletStatus status) {
        Wallet wallet = world.wallet("EUR");
        world.setStatus(wallet, status);
        long rows = world.rows();
        assertThat(wallets.deposit(new Deposit("a", wallet.id(), Money.of(1, "EUR"), null)))
                .isEqualTo(new WalletNotActive(status));
        assertThat(world.rows()).isEqualTo(rows);
    }

    @Test
    void depositsOnceUnderOneKey() {
        Wallet wallet = world.wallet("EUR");
        Deposit command = new Deposit("key", wallet.id(), Money.of(100, "EUR"), "first");
        DepositOutcome first = wallets.deposit(command);
        world.deposit(wallet, Money.of(11, "EUR"));
        world.setStatus(wallet, WalletStatus.FROZEN);
        assertThat(wallets.deposit(command))
                .as("the first answer, whatever happened since")
                .isEqualTo(first);
        Wallet other = world.wallet("EUR");
        for (Deposit changed : List.of(
                new Deposit("key", other.id(), Money.of(100, "EUR"), "first"),
                new Deposit("key", IdType.WALLET.next(), Money.of(100, "EUR"), "first"),
                new Deposit("key", wallet.id(), Money.of(101, "EUR"), "first"),
                new Deposit("key", wallet.id(), Money.of(100, "USD"), "first"),
                new Deposit("key", wallet.id(), Money.of(100, "EUR"), "second"),
                new Deposit("key", wallet.id(), Money.of(100, "EUR"), null))) {
            assertThat(wallets.deposit(changed)).as("%s", changed).isEqualTo(new OperationKeyReused());
        }
        world.assertWallet(wallet, Money.of(111, "EUR"), Money.of(111, "EUR"));
        world.assertWallet(other, Money.of(0, "EUR"), Money.of(0, "EUR"));
    }

    @Test
    void depositedByTwentyAtOnceIsOneDeposit() {
        Wallet wallet = world.wallet("EUR");
        Deposit command = new Deposit("key", wallet.id(), Money.of(100, "EUR"), null);
        assertThat(AtOnce.collect(20, () -> wallets.deposit(command)).stream().distinct())
                .hasSize(1);
        world.assertWallet(wallet, Money.of(100, "EUR"), Money.of(100, "EUR"));
    }

    @Test
    void oneKeyForTwentyWalletsAtOnceIsOneDepositAndRefusals() {
        List<Wallet> all = List.of(world.wallet("EUR"), world.wallet("EUR"), world.wallet("EUR"), world.wallet("EUR"));
        List<DepositOutcome> outcomes = AtOnce.collect(
                20,
                number -> wallets.deposit(new Deposit("key", all.get(number % 4).id(), Money.of(7, "EUR"), null)));
        assertThat(outcomes)
                .filteredOn(DepositOutcome.Deposited.class::isInstance)
                .hasSize(5);
        assertThat(outcomes).filteredOn(OperationKeyReused.class::isInstance).hasSize(15);
        assertThat(all.stream()
                        .mapToLong(wallet -> world.reread(wallet).balance().minorUnits()))
                .containsOnlyOnce(7L)
                .contains(0L);
        world.assertSound();
    }

    @Test
    void tellsTheBalanceWithItsPendingHolds() {
        Wallet wallet = world.wallet(Money.of(1000, "KWD"));
        String first = world.hold(wallet, Money.of(300, "KWD"));
        String second = world.hold(wallet, Money.of(50, "KWD"));
        world.settlement(wallet, Money.of(20, "KWD"));
        Balance balance = wallets.balance(wallet.id()).orElseThrow();
        assertThat(balance.pendingHolds())
                .extracting(PendingHold::holdId, PendingHold::walletId, PendingHold::amount)
                .containsExactly(
                        tuple(first, wallet.id(), Money.of(300, "KWD")),
                        tuple(second, wallet.id(), Money.of(50, "KWD")));
        assertThat(balance)
                .isEqualTo(
                        new Balance(Money.of(980, "KWD"), Money.of(630, "KWD"), balance.pendingHolds(), balance.at()));
        assertThat(world.book.openHolds()).isEqualTo(balance.pendingHolds());
        assertThat(wallets.balance(world.wallet("KWD").id()).orElseThrow().pendingHolds())
                .isEmpty();
        assertThat(wallets.balance(IdType.WALLET.next())).isEmpty();
        assertThat(wallets.find(IdType.WALLET.next())).isEmpty();
    }
}
