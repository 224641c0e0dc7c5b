package io.fincore.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A migrated database of its own on a real PostgreSQL. One server is started per JVM and stopped with it; migrations run once, into
 * a template that every database is copied from.
 */
public final class EmbeddedDatabase {

    private static final String TEMPLATE = "fincore_template";
    private static final AtomicInteger NEXT = new AtomicInteger();

    private final String name;

    private EmbeddedDatabase(String name) {
        this.name = name;
    }

    /** A new, migrated, otherwise empty database. */
    public static EmbeddedDatabase create() {
        return copyOf(TEMPLATE);
    }

    /** Another database with all that is in this one now; nobody may be connected to this one meanwhile. */
    public EmbeddedDatabase copy() {
        return copyOf(name);
    }

    private static EmbeddedDatabase copyOf(String template) {
        String name = "fincore_" + NEXT.incrementAndGet();
        execute(Server.dataSource("postgres", "postgres"), "CREATE DATABASE " + name + " TEMPLATE " + template);
        return new EmbeddedDatabase(name);
    }

    /** Connections as one of the platform's roles; each call of {@code getConnection} opens a new one. */
    public DataSource as(DatabaseRole role) {
        return Server.dataSource(name, role.roleName());
    }

    /** Connections as a superuser: to look past the grants, or to damage data on purpose. */
    public DataSource asSuperuser() {
        return Server.dataSource(name, "postgres");
    }

    /** The JDBC URL without user; connect as the name of a {@link DatabaseRole}, no password is asked for. */
    public String jdbcUrl() {
        return "jdbc:postgresql://localhost:" + Server.POSTGRES.getPort() + "/" + name;
    }

    /** Runs a script as superuser, its statements in one transaction. */
    static void execute(DataSource dataSource, String sql) {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Creates the roles where they are missing; needs a superuser. */
    public static void createRoles(DataSource superuser) {
        try (InputStream script =
                Objects.requireNonNull(EmbeddedDatabase.class.getResourceAsStream("/db/roles.sql"), "db/roles.sql")) {
            execute(superuser, new String(script.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Initialised on first use, so that tests without a database start none. */
    private static final class Server {

        static final EmbeddedPostgres POSTGRES = start();

        private static EmbeddedPostgres start() {
            try {
                EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                        .setServerConfig("max_connections", "200")
                        // Tests survive no crash of their own server: durability would only cost time.
                        .setServerConfig("fsync", "off")
                        .start();
                createRoles(postgres.getPostgresDatabase());
                execute(
                        postgres.getPostgresDatabase(),
                        "CREATE DATABASE " + TEMPLATE + " OWNER " + DatabaseRole.OWNER.roleName());
                Migrations.migrate(dataSource(postgres, TEMPLATE, DatabaseRole.OWNER.roleName()));
                return postgres;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        static DataSource dataSource(String database, String user) {
            return dataSource(POSTGRES, database, user);
        }

        private static DataSource dataSource(EmbeddedPostgres postgres, String database, String user) {
            PGSimpleDataSource dataSource = new PGSimpleDataSource();
            dataSource.setServerNames(new String[] {"localhost"});
            dataSource.setPortNumbers(new int[] {postgres.getPort()});
            dataSource.setDatabaseName(database);
            dataSource.setUser(user);
            return dataSource;
        }
    }
}
