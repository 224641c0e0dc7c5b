package io.fincore.ledger;

import io.fincore.audit.AuditLog;
import io.fincore.postgres.DatabaseRole;

/** Records each transaction at commit, as the functions of the ledger will do it themselves. */
final class RecordedBook {

    private RecordedBook() {}

    static void seal(WorldOfWallets world) {
        AuditLog log = new AuditLog(world.database.as(DatabaseRole.WORKER));
        while (log.seal(1_000) > 0) {
            // Until nothing waits.
        }
    }
}
