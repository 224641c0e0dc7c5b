package io.fincore.audit;

import io.fincore.postgres.DatabaseRole;
import io.fincore.postgres.EmbeddedDatabase;
import java.util.List;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A database with a log, and short ways to fill it. */
final class Recorder {

    final EmbeddedDatabase database = EmbeddedDatabase.create();
    final JdbcClient superuser = JdbcClient.create(database.asSuperuser());
    final JdbcClient owner = JdbcClient.create(database.as(DatabaseRole.OWNER));
    final AuditLog log = new AuditLog(database.as(DatabaseRole.WORKER));

    /** Records one change as the functions of the platform do, which run as the owner. */
    static void record(JdbcClient owner, String objectId) {
        owner.sql("""
                        INSERT INTO audit.unsealed (action, object, object_id, before, after, origin)
                        VALUES ('wallet.frozen', 'wallet', ?, '{"status": "active"}', '{"status": "frozen"}', audit.origin())""").param(objectId).update();
    }

    void record(String... objectIds) {
        for (String objectId : objectIds) {
            record(owner, objectId);
        }
    }

    /** A chain of so many entries, {@code wal_1} to {@code wal_<n>}. */
    void chain(int entries) {
        IntStream.rangeClosed(1, entries).forEach(number -> record("wal_" + number));
        log.seal(entries);
    }

    AuditVerdict verify(Anchor... trusted) {
        return new AuditVerification(database.as(DatabaseRole.API), 3).verify(List.of(trusted));
    }
}
