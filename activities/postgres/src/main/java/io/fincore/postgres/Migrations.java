package io.fincore.postgres;

import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/**
 * Brings a database to the newest schema. Each schema has its own folder {@code db/<schema>} beside the module that owns it and
 * its own history table, so that modules can be tested alone: a schema whose folder is not on the class path is left out.
 */
public final class Migrations {

    /** In the order of their references: what all others record to first, views last. */
    private static final List<String> SCHEMAS =
            List.of("audit", "outbox", "customers", "ledger", "decision", "payments", "saga", "intake", "read");

    private Migrations() {}

    /**
     * Migrates as the owner of all schemas.
     *
     * @param owner connects as {@link DatabaseRole#OWNER}; the role needs CREATE on the database
     */
    public static void migrate(DataSource owner) {
        SCHEMAS.stream()
                .filter(Migrations::isOnClassPath)
                .forEach(schema -> Flyway.configure()
                        .dataSource(owner)
                        .schemas(schema)
                        .locations("classpath:db/" + schema)
                        .failOnMissingLocations(true)
                        .load()
                        .migrate());
    }

    private static boolean isOnClassPath(String schema) {
        return Migrations.class.getClassLoader().getResource("db/" + schema) != null;
    }
}
