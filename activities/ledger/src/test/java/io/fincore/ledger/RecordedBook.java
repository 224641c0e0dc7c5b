package io.fincore.ledger;

import io.fincore.audit.AuditLog;
import io.fincore.postgres.DatabaseRole;

/** The audit log beside the book. */
final class RecordedBook {

    private RecordedBook() {}

    /** Chains all that is recorded. */
    static void seal(WorldOfWallets world) {
        AuditLog log = new AuditLog(world.database.as(DatabaseRole.WORKER));
        while (log.seal(1_000) > 0) {
            // Until nothing waits.
        }
    }
}
