package io.fincore.ledger;

import io.fincore.audit.AuditLog;
import io.fincore.postgres.DatabaseRole;

/** Records each transaction at commit, as the functions of the ledger will do it themselves. */
final class RecordedBook {

    private RecordedBook() {}

    static void prepare(WorldOfWallets world) {
        boolean ledgerRecords = world.superuser
                .sql("SELECT to_regprocedure('ledger.transaction_record(text)') IS NOT NULL")
                .query(Boolean.class)
                .single();
        if (!ledgerRecords) {
            world.superuser
                    .sql("""
                            SET ROLE fincore_owner;
                            CREATE FUNCTION ledger.transaction_record(p_transaction text) RETURNS jsonb LANGUAGE sql STABLE AS $$
                                SELECT jsonb_build_object(
                                    'kind', t.kind, 'reference', t.reference, 'hold', t.hold_id, 'reverses', t.reverses,
                                    'booked_at', t.booked_at, 'metadata', t.metadata,
                                    'entries', (SELECT jsonb_agg(jsonb_build_object(
                                            'account', e.account_id, 'seq', e.seq, 'side', e.side, 'amount', e.amount,
                                            'currency', e.currency, 'balance_after', e.balance_after) ORDER BY e.account_id, e.seq)
                                        FROM ledger.entry e WHERE e.transaction_id = t.id))
                                  FROM ledger.transaction t WHERE t.id = p_transaction
                            $$;
                            CREATE FUNCTION ledger.record_transaction() RETURNS trigger
                                LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
                            BEGIN
                                INSERT INTO audit.unsealed (action, object, object_id, after, origin) VALUES
                                    ('transaction.booked', 'transaction', NEW.id, ledger.transaction_record(NEW.id), audit.origin());
                                RETURN NULL;
                            END $$;
                            CREATE CONSTRAINT TRIGGER recorded AFTER INSERT ON ledger.transaction
                                DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger.record_transaction();
                            RESET ROLE;
                            """)
                    .update();
        }
    }

    static void seal(WorldOfWallets world) {
        AuditLog log = new AuditLog(world.database.as(DatabaseRole.WORKER));
        while (log.seal(1_000) > 0) {
            // Until nothing waits.
        }
    }
}
