package io.fincore.dev.stack;

import io.fincore.postgres.DatabaseRole;
import io.fincore.postgres.EmbeddedDatabase;
import io.fincore.postgres.Migrations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.postgresql.ds.PGSimpleDataSource;

/** PostgreSQL with its defaults of durability: what it acknowledged survives a kill. */
public final class PostgresProcess extends Component {

    private static final String DATABASE = "fincore";
    private static final String SUPERUSER = "postgres";
    private static final String MAJOR_VERSION = "18";
    private static final Duration OLD_CHILDREN_GONE = Duration.ofSeconds(30);

    private final Secrets secrets;
    private final int port;

    PostgresProcess(StackSettings settings, Secrets secrets) {
        super("postgres", settings);
        this.secrets = secrets;
        this.port = settings.ports().of(Port.POSTGRES);
    }

    public String jdbcUrl() {
        return "jdbc:postgresql://" + Ports.LOOPBACK + ":" + port + "/" + DATABASE;
    }

    /** New connections as one of the platform's roles. */
    public DataSource as(DatabaseRole role) {
        return dataSource(DATABASE, role.roleName(), secrets.passwordOf(role));
    }

    /** New connections that pass all grants: for looking at invariants. */
    public DataSource asSuperuser() {
        return dataSource(DATABASE, SUPERUSER, secrets.superuserPassword());
    }

    /** Creates what is missing of roles and database, and sets the roles' passwords. */
    public void prepareDatabase() {
        DataSource server = dataSource(SUPERUSER, SUPERUSER, secrets.superuserPassword());
        EmbeddedDatabase.createRoles(server);
        try (Connection connection = server.getConnection();
                Statement statement = connection.createStatement()) {
            for (DatabaseRole role : DatabaseRole.values()) {
                // Roles and passwords are made up here of letters, digits, - and _ only: nothing to quote.
                statement.execute("ALTER ROLE " + role.roleName() + " PASSWORD '" + secrets.passwordOf(role) + "'");
            }
            if (!databaseExists(statement)) {
                statement.execute("CREATE DATABASE " + DATABASE + " OWNER " + DatabaseRole.OWNER.roleName());
            }
        } catch (SQLException e) {
            throw new StackException("The database cannot be prepared: " + e.getMessage(), e);
        }
    }

    /** Brings all schemas to their newest version, as their owner. */
    public void migrate() {
        try {
            Migrations.migrate(as(DatabaseRole.OWNER));
        } catch (FlywayValidateException e) {
            throw new StackException(
                    "The data in %s was written by other migrations than this working copy has; to forget it: temporal-dev/down --wipe.%n%s"
                            .formatted(settings().folder().postgres(), e.getMessage()),
                    e);
        } catch (FlywayException e) {
            throw new StackException("The database cannot be migrated: " + e.getMessage(), e);
        }
        refreshTestList();
    }

    /** The invented sanctions list would be stale after a month, and every payment of an old development stack go to review. */
    private void refreshTestList() {
        try (Connection connection = as(DatabaseRole.OWNER).getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("UPDATE decision.sanctions_list SET as_of = now() WHERE id = 'test'");
        } catch (SQLException e) {
            throw new StackException("The sanctions test list cannot be refreshed: " + e.getMessage(), e);
        }
    }

    /** The postmaster only, as a crash of it would be; returns when its orphaned children have noticed and ended. */
    @Override
    public synchronized void kill() {
        List<ProcessIdentity> children =
                alive().map(ProcessIdentity::descendants).orElse(List.of());
        super.kill();
        awaitEnd(children);
    }

    /** The postmaster and all its children within a moment: nothing that was not yet handed to the kernel survives. */
    public synchronized void killAll() {
        ProcessIdentity postmaster = living();
        // Stopped first, or a child that is born while they are listed outlives them all.
        postmaster.signal("STOP");
        List<ProcessIdentity> children = postmaster.descendants();
        ProcessIdentity.signal(
                "KILL", Stream.concat(Stream.of(postmaster), children.stream()).toList());
        super.kill();
        awaitEnd(children);
    }

    private static void awaitEnd(List<ProcessIdentity> children) {
        if (!await(() -> children.stream().noneMatch(ProcessIdentity::isAlive), OLD_CHILDREN_GONE)) {
            children.forEach(process -> process.signal("KILL"));
        }
    }

    @Override
    protected Map<Port, Integer> portsInUse() {
        return Map.of(Port.POSTGRES, port);
    }

    @Override
    protected Launch prepare() {
        Path binaries = PostgresBinaries.unpacked();
        Path data = settings().folder().postgres();
        if (Files.exists(data)) {
            requireVersion(data);
            removeStaleLock(data);
        } else {
            initialise(binaries, data);
        }
        List<String> command = new ArrayList<>(notAsRoot());
        command.addAll(List.of(binaries.resolve("bin/postgres").toString(), "-D", data.toString()));
        command.addAll(List.of("-c", "listen_addresses=" + Ports.LOOPBACK, "-c", "port=" + port));
        // Room for the crash test, where the pool of a worker that was killed outlives it for a while.
        command.addAll(List.of("-c", "unix_socket_directories=", "-c", "max_connections=400"));
        return new Launch(command, Map.of());
    }

    @Override
    protected boolean isHealthy() {
        try (Connection connection =
                dataSource(SUPERUSER, SUPERUSER, secrets.superuserPassword()).getConnection()) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    /** "Fast": it ends its sessions and writes a checkpoint; TERM would wait for clients to leave. */
    @Override
    protected String stopSignal() {
        return "INT";
    }

    @Override
    protected Duration stopTimeout() {
        return Duration.ofMinutes(1);
    }

    /** Initialises beside the final place and renames: an interrupted run leaves no half database. */
    private void initialise(Path binaries, Path data) {
        Path fresh = data.resolveSibling("postgres.new");
        Path passwordFile = data.resolveSibling("run/postgres-password");
        try {
            StackFolder.deleteTree(fresh);
            Files.writeString(passwordFile, secrets.superuserPassword());
            List<String> command = new ArrayList<>(notAsRoot());
            command.addAll(List.of(binaries.resolve("bin/initdb").toString(), "-D", fresh.toString()));
            command.addAll(List.of("-U", SUPERUSER, "--pwfile", passwordFile.toString(), "--auth=scram-sha-256"));
            command.addAll(List.of("--encoding=UTF8", "--locale=C", "--locale-provider=builtin"));
            command.add("--builtin-locale=C.UTF-8");
            Command.run(settings().folder().path(), Map.of(), command);
            Files.move(fresh, data, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            passwordFile.toFile().delete();
        }
    }

    /**
     * PostgreSQL refuses to run as root, as which containers and build machines often run. In a user namespace without a mapping the
     * same process is nobody, and its files are too; it still is the process that was started, under the same number.
     */
    private List<String> notAsRoot() {
        if (!System.getProperty("user.name").equals("root")) {
            return List.of();
        }
        try {
            Command.run(settings().folder().path(), Map.of(), List.of("unshare", "-U", "true"));
        } catch (StackException e) {
            throw new StackException(
                    "PostgreSQL refuses to run as root, and this machine forbids the user namespace that would help"
                            + " (unshare -U). Run temporal-dev/up as another user.",
                    e);
        }
        return List.of("unshare", "-U");
    }

    private static void requireVersion(Path data) {
        try {
            String version = Files.readString(data.resolve("PG_VERSION")).strip();
            if (!version.equals(MAJOR_VERSION)) {
                throw new StackException(
                        "The data in %s is of PostgreSQL %s, this is %s; to forget it: temporal-dev/down --wipe."
                                .formatted(data, version, MAJOR_VERSION));
            }
        } catch (IOException e) {
            throw new StackException("The data in " + data + " cannot be read: " + e.getMessage(), e);
        }
    }

    /**
     * After a reboot or in a new container the number in a left-over lock file may belong to another program, which PostgreSQL takes
     * for a running server. A living postgres is left alone: PostgreSQL itself refuses then.
     */
    private static void removeStaleLock(Path data) {
        Path lock = data.resolve("postmaster.pid");
        try {
            if (Files.exists(lock)) {
                long pid = Long.parseLong(Files.readAllLines(lock).getFirst().strip());
                boolean isPostgres = ProcessHandle.of(pid)
                        .flatMap(process -> process.info().command())
                        .filter(command -> command.endsWith("/postgres"))
                        .isPresent();
                if (!isPostgres) {
                    Files.delete(lock);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean databaseExists(Statement statement) throws SQLException {
        try (ResultSet found = statement.executeQuery("SELECT FROM pg_database WHERE datname = '" + DATABASE + "'")) {
            return found.next();
        }
    }

    private DataSource dataSource(String database, String user, String password) {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setServerNames(new String[] {Ports.LOOPBACK});
        dataSource.setPortNumbers(new int[] {port});
        dataSource.setDatabaseName(database);
        dataSource.setUser(user);
        dataSource.setPassword(password);
        dataSource.setConnectTimeout(2);
        dataSource.setLoginTimeout(5);
        dataSource.setSocketTimeout(60);
        return dataSource;
    }
}
