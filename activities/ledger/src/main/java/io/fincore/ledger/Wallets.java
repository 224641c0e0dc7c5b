package io.fincore.ledger;

import io.fincore.money.Currency;
import io.fincore.money.IdType;
import io.fincore.money.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Customers' wallets. Reading is open to both runtime roles, all else needs the role of the API. */
public final class Wallets {

    private final JdbcClient jdbc;
    private final Movements movements;
    private final @Nullable String tenant;
    private final @Nullable String principal;

    /** @param dataSource the process's one write data source, so that callers' transactions are joined */
    public Wallets(DataSource dataSource) {
        this(JdbcClient.create(dataSource), new Movements(dataSource), null, null);
    }

    private Wallets(JdbcClient jdbc, Movements movements, @Nullable String tenant, @Nullable String principal) {
        this.jdbc = jdbc;
        this.movements = movements;
        this.tenant = tenant;
        this.principal = principal;
    }

    /** The same, but that deposits, withdrawals and transfers find no wallet that is not this owner's. */
    public Wallets movingOnlyThoseOf(String tenant, String principal) {
        return new Wallets(jdbc, movements, tenant, principal);
    }

    /**
     * Opens a wallet, to be activated by {@link Ledger#activate}; there is one per owner, customer and currency, however many ask at the same
     * time.
     */
    public OpenOutcome open(OpenWallet command) {
        record Opening(String walletId, boolean opened) {}
        Opening opening = jdbc.sql("SELECT * FROM ledger.open_wallet(?, ?, ?, ?, ?, ?)")
                .params(
                        IdType.WALLET.next(),
                        command.tenant(),
                        command.principal(),
                        command.customerId(),
                        command.currency().code(),
                        Metadata.flatten(command.metadata()))
                .query((row, number) -> new Opening(row.getString("wallet_id"), row.getBoolean("opened")))
                .single();
        Wallet wallet = find(opening.walletId()).orElseThrow();
        return opening.opened() ? new OpenOutcome.Opened(wallet) : new OpenOutcome.AlreadyOpen(wallet);
    }

    public Optional<Wallet> find(String walletId) {
        return jdbc.sql(WalletRows.SELECT + "WHERE w.id = ?")
                .param(walletId)
                .query(WalletRows::read)
                .optional();
    }

    /** The wallets of a customer, the oldest first. */
    public List<Wallet> ofCustomer(String customerId) {
        return jdbc.sql(WalletRows.SELECT + "WHERE w.customer_id = ? ORDER BY w.id")
                .param(customerId)
                .query(WalletRows::read)
                .list();
    }

    /**
     * Credits a wallet, and tells its owner by an event, like the other movements here. What was done under the command's operation key is remembered with its answer: the same
     * content again gets the first answer and moves nothing, other content is refused. Refusals are not remembered.
     */
    public DepositOutcome deposit(Deposit command) {
        Currency currency = command.amount().currency();
        Answer answer = movements.call(
                "SELECT * FROM ledger.deposit(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                command.operationKey(),
                tenant,
                principal,
                IdType.TRANSACTION.next(),
                IdType.EVENT.next(),
                wellFormed(command.walletId()),
                command.amount().minorUnits(),
                currency.code(),
                command.reference(),
                Metadata.flatten(command.metadata()));
        return switch (answer.outcome()) {
            case "deposited" -> {
                Money after = new Money(answer.amount(), currency);
                yield new DepositOutcome.Deposited(
                        answer.requiredId(), after.minus(command.amount()), after, answer.requiredBookedAt());
            }
            case "balance_too_large" -> new DepositOutcome.BalanceTooLarge(new Money(answer.amount(), currency));
            case "wallet_unknown" -> new WalletUnknown();
            case "wallet_not_active" -> answer.walletNotActive();
            case "currency_mismatch" -> answer.currencyMismatch();
            case "operation_key_reused" -> new OperationKeyReused();
            default -> throw answer.unexpected();
        };
    }

    /** Debits a wallet, once per operation key like {@link #deposit}. */
    public WithdrawalOutcome withdraw(Withdrawal command) {
        Currency currency = command.amount().currency();
        Answer answer = movements.call(
                "SELECT * FROM ledger.withdraw(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                command.operationKey(),
                tenant,
                principal,
                IdType.TRANSACTION.next(),
                IdType.EVENT.next(),
                wellFormed(command.walletId()),
                command.amount().minorUnits(),
                currency.code(),
                command.reference(),
                Metadata.flatten(command.metadata()));
        return switch (answer.outcome()) {
            case "withdrawn" -> {
                Money after = new Money(answer.amount(), currency);
                yield new WithdrawalOutcome.Withdrawn(
                        answer.requiredId(), after.plus(command.amount()), after, answer.requiredBookedAt());
            }
            case "insufficient_funds" -> new InsufficientFunds(new Money(answer.amount(), currency));
            case "wallet_unknown" -> new WalletUnknown();
            case "wallet_not_active" -> answer.walletNotActive();
            case "currency_mismatch" -> answer.currencyMismatch();
            case "operation_key_reused" -> new OperationKeyReused();
            default -> throw answer.unexpected();
        };
    }

    /** Moves money from wallet to wallet, once per operation key like {@link #deposit}. */
    public TransferOutcome transfer(Transfer command) {
        Currency currency = command.amount().currency();
        return jdbc.sql("SELECT * FROM ledger.transfer(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        command.operationKey(),
                        tenant,
                        principal,
                        IdType.TRANSACTION.next(),
                        IdType.EVENT.next(),
                        wellFormed(command.source()),
                        wellFormed(command.destination()),
                        command.amount().minorUnits(),
                        currency.code(),
                        command.reference(),
                        Metadata.flatten(command.metadata()))
                .query((row, number) -> TransferRows.read(row, command.amount()))
                .single();
    }

    /**
     * Makes many transfers in one round trip, once per operation key like {@link #deposit}; the answers of an {@linkplain
     * TransferBatch.Mode#EACH each} batch are remembered with its refusals.
     */
    public TransferBatchOutcome transfer(TransferBatch command) {
        List<TransferBatch.Row> rows = command.rows();
        List<String[]> metadata =
                rows.stream().map(row -> Metadata.flatten(row.metadata())).toList();
        record Answered(int number, TransferOutcome outcome) {}
        List<Answered> answers = jdbc.sql("SELECT * FROM ledger.transfer_batch(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        command.operationKey(),
                        tenant,
                        principal,
                        command.mode() == TransferBatch.Mode.ATOMIC,
                        strings(rows, row -> IdType.TRANSACTION.next()),
                        strings(rows, row -> IdType.EVENT.next()),
                        strings(rows, row -> wellFormed(row.source())),
                        strings(rows, row -> wellFormed(row.destination())),
                        rows.stream().map(row -> row.amount().minorUnits()).toArray(Long[]::new),
                        strings(rows, row -> row.amount().currency().code()),
                        strings(rows, TransferBatch.Row::reference),
                        metadata.stream().flatMap(Stream::of).toArray(String[]::new),
                        metadata.stream().map(each -> each.length).toArray(Integer[]::new))
                .query((row, index) -> {
                    int number = row.getInt("number");
                    return new Answered(
                            number, TransferRows.read(row, rows.get(number - 1).amount()));
                })
                .list();
        Answered first = answers.getFirst();
        if (first.outcome instanceof OperationKeyReused reused) {
            return reused;
        }
        if (command.mode() == TransferBatch.Mode.ATOMIC && !(first.outcome instanceof TransferOutcome.Transferred)) {
            return new TransferBatchOutcome.Refused(first.number - 1, first.outcome);
        }
        return new TransferBatchOutcome.Done(
                answers.stream().map(Answered::outcome).toList());
    }

    /**
     * Makes the transfers of many owners in one round trip, each for itself and as {@link #transfer(Transfer)} does; whose wallets may be
     * moved is told by each.
     *
     * @param transfers no operation key twice
     * @return an answer to each; empty where something was done under its operation key before, which {@link #transfer(Transfer)} tells
     */
    public List<Optional<TransferOutcome>> transferEach(List<OwnedTransfer> transfers) {
        List<Transfer> commands =
                transfers.stream().map(OwnedTransfer::transfer).toList();
        List<String[]> metadata =
                commands.stream().map(each -> Metadata.flatten(each.metadata())).toList();
        return jdbc.sql("SELECT * FROM ledger.transfer_each(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
                .params(
                        strings(commands, Transfer::operationKey),
                        strings(transfers, OwnedTransfer::tenant),
                        strings(transfers, OwnedTransfer::principal),
                        strings(commands, each -> IdType.TRANSACTION.next()),
                        strings(commands, each -> IdType.EVENT.next()),
                        strings(commands, each -> wellFormed(each.source())),
                        strings(commands, each -> wellFormed(each.destination())),
                        commands.stream()
                                .map(each -> each.amount().minorUnits())
                                .toArray(Long[]::new),
                        strings(commands, each -> each.amount().currency().code()),
                        strings(commands, Transfer::reference),
                        metadata.stream().flatMap(Stream::of).toArray(String[]::new),
                        metadata.stream().map(each -> each.length).toArray(Integer[]::new),
                        strings(transfers, OwnedTransfer::origin))
                .query((row, index) -> row.getString("outcome").equals("operation_key_taken")
                        ? Optional.<TransferOutcome>empty()
                        : Optional.of(TransferRows.read(row, commands.get(index).amount())))
                .list();
    }

    /** What is no id is the id of no wallet. */
    private static String wellFormed(String walletId) {
        return IdType.WALLET.matches(walletId) ? walletId : "";
    }

    private static <T> String[] strings(List<T> rows, Function<T, @Nullable String> field) {
        return rows.stream().map(field).toArray(String[]::new);
    }

    /** Freezes, unfreezes or closes a wallet, and keeps who wanted it and why; asked again it changes nothing. */
    public StatusOutcome change(ChangeStatus command) {
        Answer answer = movements.call(
                "SELECT * FROM ledger.change_wallet_status(?, lower(?), ?, ?)",
                command.walletId(),
                command.status().name(),
                command.actor(),
                command.reason());
        return switch (answer.outcome()) {
            case "changed" -> new StatusOutcome.Changed(answer.walletStatus());
            case "wallet_status_refused" -> new StatusOutcome.Refused(answer.walletStatus());
            case "wallet_not_empty" ->
                new StatusOutcome.NotEmpty(new Money(
                        answer.amount(), find(command.walletId()).orElseThrow().currency()));
            case "wallet_unknown" -> new WalletUnknown();
            default -> throw answer.unexpected();
        };
    }

    /**
     * What a wallet held at an instant, by one look into an index.
     *
     * @return empty if there is no such wallet, or the instant is still to come
     */
    public Optional<PastBalance> balanceAt(String walletId, Instant at) {
        return jdbc.sql("SELECT * FROM ledger.balance_at(?, ?)")
                .params(walletId, at.atOffset(ZoneOffset.UTC))
                .query((row, number) -> {
                    Currency currency = new Currency(row.getString("currency"));
                    Money balance = new Money(row.getLong("posted"), currency);
                    return new PastBalance(balance, balance.minus(new Money(row.getLong("held"), currency)), at);
                })
                .optional();
    }

    /** The balance now; empty if there is no such wallet. One statement, so balance and holds belong together. */
    public Optional<Balance> balance(String walletId) {
        return jdbc.sql("""
                        SELECT w.currency, b.posted, b.posted - b.held AS available,
                               greatest(statement_timestamp(), b.last_booked_at) AS at,
                        """ + HoldRows.COLUMNS + """
                          FROM ledger.wallet w
                          JOIN ledger.account_balance b ON b.account_id = w.account_id
                          LEFT JOIN ledger.hold h ON h.account_id = w.account_id AND h.status = 'held'
                         WHERE w.id = ?
                         ORDER BY h.placed_at, h.id
                        """).param(walletId).query(Wallets::readBalance);
    }

    private static Optional<Balance> readBalance(ResultSet rows) throws SQLException {
        if (!rows.next()) {
            return Optional.empty();
        }
        Currency currency = new Currency(rows.getString("currency"));
        Money balance = new Money(rows.getLong("posted"), currency);
        Money available = new Money(rows.getLong("available"), currency);
        Instant at = Columns.instant(rows, "at");
        List<PendingHold> holds = new ArrayList<>();
        do {
            if (rows.getString("hold_id") != null) {
                holds.add(HoldRows.read(rows, currency));
            }
        } while (rows.next());
        return Optional.of(new Balance(balance, available, holds, at));
    }
}
