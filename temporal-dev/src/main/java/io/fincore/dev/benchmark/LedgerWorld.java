package io.fincore.dev.benchmark;

import io.fincore.dev.stack.PostgresProcess;
import io.fincore.money.IdType;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The accounts that a ledger benchmark moves money between: ours, and those of the limits beside them in the same database. */
final class LedgerWorld {

    static final int ACCOUNTS = 1_000;

    /** Tenant and principal of the wallets. */
    static final String OWNER = "bench";

    private static final List<String> LIMITS = List.of(
            "CREATE SCHEMA bench",
            "CREATE TABLE bench.account (id integer PRIMARY KEY, balance bigint NOT NULL) WITH (fillfactor = 40)",
            "INSERT INTO bench.account SELECT id, 1000000000 FROM generate_series(0, 999) AS id",
            "CREATE TABLE bench.transaction (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,"
                    + " booked_at timestamptz NOT NULL DEFAULT now())",
            "CREATE TABLE bench.entry (transaction_id bigint NOT NULL, account_id integer NOT NULL, amount bigint NOT NULL)",
            """
            CREATE FUNCTION bench.move(p_source integer, p_destination integer) RETURNS void LANGUAGE plpgsql AS $$
            DECLARE
                v_id bigint;
            BEGIN
                INSERT INTO bench.transaction DEFAULT VALUES RETURNING id INTO v_id;
                INSERT INTO bench.entry VALUES (v_id, p_source, -1), (v_id, p_destination, 1);
                UPDATE bench.account SET balance = balance + CASE WHEN id = p_source THEN -1 ELSE 1 END
                 WHERE id = least(p_source, p_destination);
                UPDATE bench.account SET balance = balance + CASE WHEN id = p_source THEN -1 ELSE 1 END
                 WHERE id = greatest(p_source, p_destination);
            END $$""",
            "CREATE TABLE bench.operation (LIKE ledger.operation INCLUDING ALL)",
            "CREATE TABLE bench.account_balance (LIKE ledger.account_balance INCLUDING ALL)",
            "INSERT INTO bench.account_balance (account_id, normal_side, guarded, posted)"
                    + " SELECT id, 'credit', true, 1000000000 FROM generate_series(0, 999) AS id",
            "CREATE TABLE bench.transaction_full (LIKE ledger.transaction INCLUDING ALL)",
            "CREATE TABLE bench.entry_full (LIKE ledger.entry INCLUDING ALL)",
            "CREATE TABLE bench.event (LIKE outbox.event INCLUDING ALL)",
            "CREATE TABLE bench.record (LIKE audit.unsealed INCLUDING ALL)",
            // What ours tells and records of a transfer, in about the same number of bytes.
            """
            CREATE FUNCTION bench.news(p_id text, p_source integer, p_destination integer) RETURNS jsonb LANGUAGE sql STABLE AS $$
                SELECT jsonb_build_object('source', p_id, 'destination', p_id, 'amount', 1, 'currency', 'EUR', 'reference', NULL)
            $$""",
            """
            CREATE FUNCTION bench.recorded(p_id text, p_source integer, p_destination integer) RETURNS jsonb LANGUAGE sql STABLE AS $$
                SELECT ledger.transaction_record(
                    'transfer', NULL, NULL, NULL, now(), '{}',
                    jsonb_build_array(ledger.entry_record(p_source, 1, 'debit', 1, 'EUR', 1),
                                      ledger.entry_record(p_destination, 1, 'credit', 1, 'EUR', 1)))
            $$""",
            """
            CREATE FUNCTION bench.move_full(p_id text, p_source integer, p_destination integer) RETURNS void LANGUAGE plpgsql AS $$
            DECLARE
                v_first bigint := least(p_source, p_destination);
                v_second bigint := greatest(p_source, p_destination);
                v_seq bigint;
                v_after bigint;
            BEGIN
                INSERT INTO bench.operation (key, fingerprint, outcome, subject_id, amount)
                VALUES (p_id, sha256(p_id::bytea), 'transferred', p_id, 1);
                INSERT INTO bench.transaction_full (id, kind, booked_at, metadata)
                VALUES (p_id, 'transfer', clock_timestamp(), '{}');
                UPDATE bench.account_balance
                   SET posted = posted + CASE WHEN account_id = p_source THEN -1 ELSE 1 END, last_seq = last_seq + 1,
                       last_booked_at = clock_timestamp()
                 WHERE account_id = v_first RETURNING last_seq, posted INTO v_seq, v_after;
                INSERT INTO bench.entry_full
                VALUES (v_first, v_seq, p_id, CASE WHEN v_first = p_source THEN 'debit' ELSE 'credit' END::ledger.side, 1, 'EUR',
                        v_after, clock_timestamp());
                UPDATE bench.account_balance
                   SET posted = posted + CASE WHEN account_id = p_source THEN -1 ELSE 1 END, last_seq = last_seq + 1,
                       last_booked_at = clock_timestamp()
                 WHERE account_id = v_second RETURNING last_seq, posted INTO v_seq, v_after;
                INSERT INTO bench.entry_full
                VALUES (v_second, v_seq, p_id, CASE WHEN v_second = p_source THEN 'debit' ELSE 'credit' END::ledger.side, 1, 'EUR',
                        v_after, clock_timestamp());
                INSERT INTO bench.event (id, tenant, principal, type, subject_id, payload)
                VALUES (p_id, 'bench', 'bench', 'transfer.completed', p_id, bench.news(p_id, p_source, p_destination));
                INSERT INTO bench.record (action, object, object_id, after, origin)
                VALUES ('transaction.booked', 'transaction', p_id, bench.recorded(p_id, p_source, p_destination), audit.origin());
            END $$""");

    private LedgerWorld() {}

    /**
     * Makes the accounts, with money for as long as a benchmark may last.
     *
     * @return the wallets by their number
     */
    static List<String> make(PostgresProcess postgres) {
        JdbcClient superuser = JdbcClient.create(postgres.asSuperuser());
        LIMITS.forEach(statement -> superuser.sql(statement).update());
        List<String> wallets = ids(IdType.WALLET);
        superuser
                .sql("""
                SELECT count(*) FROM unnest(?) AS w (id), ledger.open_wallet(w.id, ?, ?, w.id, 'EUR', '{}')""")
                .params(wallets.toArray(String[]::new), OWNER, OWNER)
                .query(Long.class)
                .single();
        superuser
                .sql("SELECT count(ledger.activate_wallet(w.id)) FROM unnest(?) AS w (id)")
                .param(wallets.toArray(String[]::new))
                .query(Long.class)
                .single();
        superuser
                .sql("""
                SELECT count(ledger.deposit('funds of ' || w.id, NULL, NULL, w.funds, NULL, w.id, 1000000000, 'EUR', NULL, '{}'))
                  FROM unnest(?, ?) AS w (id, funds)""")
                .params(wallets.toArray(String[]::new), ids(IdType.TRANSACTION).toArray(String[]::new))
                .query(Long.class)
                .single();
        // A plan made for empty tables would be kept for a long time.
        superuser.sql("VACUUM ANALYZE").update();
        return wallets;
    }

    private static List<String> ids(IdType type) {
        return Stream.generate(type::next).limit(ACCOUNTS).toList();
    }
}
