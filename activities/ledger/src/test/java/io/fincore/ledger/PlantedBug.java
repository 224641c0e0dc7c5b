package io.fincore.ledger;

import java.util.List;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A mistake that somebody could make in the book's functions, with the guards behind them taken away. */
@SuppressWarnings("ImmutableEnumChecker") // its lists cannot be changed
enum PlantedBug {
    /** Nobody looks whether there is enough money. */
    NO_GUARD(
            List.of("ALTER TABLE ledger.account_balance DROP CONSTRAINT guarded_account_is_never_overdrawn"),
            new Edit("withdraw", "v_wallet.available < p_amount", "false"),
            new Edit("transfer", "v_source.available < p_amount", "false"),
            new Edit("place_hold", "v_wallet.available < p_amount", "false"),
            new Edit("make_transfers", "v_available[f] < v_order.amount", "false")),

    /** A row of a batch is decided by what there was before the batch. */
    FORGETS_THE_ROWS_BEFORE(
            List.of("ALTER TABLE ledger.account_balance DROP CONSTRAINT guarded_account_is_never_overdrawn"),
            new Edit("make_transfers", "v_available[f] := v_available[f] - v_order.amount;", "")),

    /** A hold that is settled can be settled again. */
    SETTLES_TWICE(
            List.of("DROP TRIGGER resolves_once ON ledger.hold"),
            new Edit("settle_hold", "v_hold.status <> 'held'", "false")),

    /** Each part is measured against the whole hold. */
    SETTLES_ABOVE_THE_REST(
            List.of("ALTER TABLE ledger.hold DROP CONSTRAINT settled_amount_fits"),
            new Edit("settle_hold", "v_left < p_amount", "v_hold.amount < p_amount")),

    /** The job gives parts back that were settled. */
    GIVES_BACK_WHAT_IS_SETTLED(
            List.of("ALTER TABLE ledger.account_balance DROP CONSTRAINT balance_is_in_bounds"),
            new Edit("release_expired_holds", "h.amount - h.settled_amount AS rest", "h.amount AS rest")),

    /** The source first, whichever wallet is older: two transfers in opposite directions wait for each other. */
    LOCKS_IN_THE_WRONG_ORDER(
            List.of(),
            new Edit(
                    "transfer",
                    "IF (SELECT account_id FROM wallet WHERE id = p_source) <"
                            + " (SELECT account_id FROM wallet WHERE id = p_destination) THEN",
                    "IF true THEN")),

    /** Batches lock their wallets in an order of their own. */
    LOCKS_BATCHES_IN_ANY_ORDER(
            List.of(),
            new Edit(
                    "make_transfers",
                    "ORDER BY b.account_id FOR NO KEY UPDATE",
                    "ORDER BY hashtext(b.account_id::text || p_orders::text) FOR NO KEY UPDATE")),

    /** One side of each transaction is not written. */
    SKIPS_AN_ENTRY(
            List.of(
                    "ALTER TABLE ledger.entry DISABLE TRIGGER entries_balance",
                    "ALTER TABLE ledger.transaction DISABLE TRIGGER transaction_has_entries"),
            new Edit(
                    "book",
                    "\n        UNION ALL\n        SELECT v_higher, seq, p.transaction, v_higher_side, p.amount, p.currency, balance, at"
                            + " FROM higher",
                    "")),

    /** The balance of who gets a transfer is not changed. */
    FORGETS_A_BALANCE(
            List.of(),
            new Edit(
                    "book",
                    "SET posted = posted + CASE WHEN normal_side = v_higher_side",
                    "SET posted = posted + 0 * CASE WHEN normal_side = v_higher_side")),

    /** The same order again is carried out again. */
    FORGETS_THE_KEY(
            List.of(),
            new Edit("claim", "p_key, p_fingerprint", "p_key || clock_timestamp()::text, p_fingerprint"),
            new Edit("book", "SELECT p_key, p_fingerprint", "SELECT p_key || clock_timestamp()::text, p_fingerprint"));

    /** A replacement in the source of a function. */
    private record Edit(String function, String from, String to) {}

    private final List<String> statements;
    private final List<Edit> edits;

    PlantedBug(List<String> statements, Edit... edits) {
        this.statements = List.copyOf(statements);
        this.edits = Stream.of(edits).toList();
    }

    void plant(JdbcClient superuser) {
        statements.forEach(statement -> superuser.sql(statement).update());
        for (Edit edit : edits) {
            String source = superuser
                    .sql(
                            "SELECT pg_get_functiondef(oid) FROM pg_proc WHERE proname = ? AND pronamespace = 'ledger'::regnamespace")
                    .param(edit.function)
                    .query(String.class)
                    .single();
            String planted = source.replace(edit.from, edit.to);
            if (planted.equals(source)) {
                throw new IllegalStateException("ledger." + edit.function + " has no '" + edit.from + "' any more");
            }
            superuser.sql("SET search_path = ledger; " + planted).update();
        }
    }
}
