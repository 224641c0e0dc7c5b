package io.fincore.dev.endtoend;

import io.fincore.dev.endtoend.Halt.When;
import io.fincore.dev.stack.Stack;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Stops transactions of the worker at their commit, and breaks steps: by triggers on the record of sagas in this stack's own database, so
 * that the platform's code knows nothing of it. A trigger that is deferred runs when everything else of the transaction is done.
 */
final class Sabotage implements AutoCloseable {

    private static final Duration ENDED_WITHIN = Duration.ofSeconds(30);

    /** Classes of advisory locks: who has taken a halt, and what it waits for. */
    private static final int TAKEN = 2026_01;

    private static final int GATE = 2026_02;

    private final JdbcClient jdbc;
    private final Connection gatekeeper;

    Sabotage(Stack stack) {
        jdbc = JdbcClient.create(stack.postgres().asSuperuser());
        try {
            gatekeeper = stack.postgres().asSuperuser().getConnection();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        for (String statement : INSTALLATION) {
            jdbc.sql(statement).update();
        }
    }

    private static final List<String> INSTALLATION = List.of(
            "CREATE SCHEMA sabotage",
            "CREATE TABLE sabotage.passed (number bigserial, txid text NOT NULL, point text NOT NULL)",
            "CREATE TABLE sabotage.halt (id integer PRIMARY KEY, point text NOT NULL)",
            "CREATE TABLE sabotage.broken (step text PRIMARY KEY)",
            "CREATE TABLE sabotage.mended (workflow_id text PRIMARY KEY)",
            """
            CREATE FUNCTION sabotage.pass(p_point text) RETURNS void
                LANGUAGE plpgsql SECURITY DEFINER SET lock_timeout = 0 AS $$
            DECLARE
                halt_id integer;
            BEGIN
                INSERT INTO sabotage.passed (txid, point) VALUES (pg_current_xact_id()::text, p_point);
                FOR halt_id IN SELECT id FROM sabotage.halt WHERE point = p_point ORDER BY id LOOP
                    -- Each halts one transaction; the others pass.
                    IF pg_try_advisory_xact_lock(%d, halt_id) THEN
                        PERFORM pg_advisory_xact_lock_shared(%d, halt_id);
                        RETURN;
                    END IF;
                END LOOP;
            END $$""".formatted(TAKEN, GATE),
            // A step's name may end with what makes it unique: a number or an id.
            """
            CREATE FUNCTION sabotage.step() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
            BEGIN
                PERFORM sabotage.pass(split_part(NEW.workflow_id, '/', 1) || ' '
                    || regexp_replace(NEW.name, '-(\\d+|[a-z]+_[0-9a-z]{26})$', '') || ' ' || NEW.status);
                RETURN NULL;
            END $$""",
            """
            CREATE FUNCTION sabotage.saga() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
            BEGIN
                PERFORM sabotage.pass(split_part(NEW.workflow_id, '/', 1) || ' is ' || NEW.status);
                RETURN NULL;
            END $$""",
            """
            CREATE FUNCTION sabotage.intervention() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
            BEGIN
                PERFORM sabotage.pass(
                    split_part(NEW.workflow_id, '/', 1) || ' intervention ' || NEW.action || ' ' || NEW.status);
                RETURN NULL;
            END $$""",
            """
            CREATE FUNCTION sabotage.break_step() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
            BEGIN
                IF EXISTS (SELECT FROM sabotage.broken WHERE step = NEW.name)
                        AND NOT EXISTS (SELECT FROM sabotage.mended WHERE workflow_id = NEW.workflow_id) THEN
                    RAISE EXCEPTION 'sabotage of %', NEW.name USING ERRCODE = 'XX000';
                END IF;
                RETURN NEW;
            END $$""",
            """
            CREATE CONSTRAINT TRIGGER sabotage AFTER INSERT OR UPDATE ON saga.step
                DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION sabotage.step()""",
            """
            CREATE CONSTRAINT TRIGGER sabotage AFTER INSERT OR UPDATE ON saga.saga
                DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION sabotage.saga()""",
            """
            CREATE CONSTRAINT TRIGGER sabotage AFTER INSERT OR UPDATE ON saga.intervention
                DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION sabotage.intervention()""",
            """
            CREATE TRIGGER break_step BEFORE INSERT ON saga.step
                FOR EACH ROW WHEN (NEW.status = 'IN_PROGRESS') EXECUTE FUNCTION sabotage.break_step()""");

    /** From now on the step fails for good, in every saga that it is not mended for. */
    void breakStep(@Nullable String step) {
        jdbc.sql("DELETE FROM sabotage.broken").update();
        if (step != null) {
            jdbc.sql("INSERT INTO sabotage.broken VALUES (:step)")
                    .param("step", step)
                    .update();
        }
    }

    void mend(String workflowId) {
        jdbc.sql("INSERT INTO sabotage.mended VALUES (:id) ON CONFLICT DO NOTHING")
                .param("id", workflowId)
                .update();
    }

    void forgetPassed() {
        jdbc.sql("TRUNCATE sabotage.passed").update();
    }

    /** The commits since {@link #forgetPassed()}, each once, in their order: a step's rather than its saga's, if it is both. */
    List<String> passed() {
        return jdbc.sql("""
                SELECT point FROM (SELECT DISTINCT ON (txid) number, point FROM sabotage.passed
                                    ORDER BY txid, point LIKE '% is %', number DESC) commits
                 GROUP BY point ORDER BY min(number)""").query(String.class).list();
    }

    /** From now on one transaction halts at the commit of each; two of the same point halt two. */
    void arm(List<Halt> halts) {
        for (int id = 0; id < halts.size(); id++) {
            gatekeeper("SELECT pg_advisory_lock(%d, %d)".formatted(GATE, id));
            jdbc.sql("INSERT INTO sabotage.halt VALUES (:id, :point)")
                    .param("id", id)
                    .param("point", halts.get(id).point())
                    .update();
        }
    }

    /** A transaction that waits at its commit for what becomes of it. */
    record Halted(int id, int pid, String txid) {}

    List<Halted> halted() {
        return jdbc.sql("""
                SELECT l.objid::integer AS id, l.pid, a.backend_xid::text AS txid
                  FROM pg_locks l JOIN pg_stat_activity a USING (pid)
                 WHERE l.locktype = 'advisory' AND l.classid::integer = :gate AND NOT l.granted ORDER BY 1""").param("gate", GATE).query(Halted.class).list();
    }

    /**
     * Disarms everything, and decides what becomes of halted transactions whose client is dead.
     *
     * @return those that came out as decided; the others had been given up by the server a moment before, as it gives up what takes long
     */
    List<Halted> decide(List<Halt> halts, List<Halted> halted) {
        jdbc.sql("DELETE FROM sabotage.halt").update();
        for (Halted transaction : halted) {
            if (halts.get(transaction.id()).when() == When.AFTER_COMMIT) {
                gatekeeper("SELECT pg_advisory_unlock(%d, %d)".formatted(GATE, transaction.id()));
            } else {
                jdbc.sql("SELECT pg_terminate_backend(:pid)")
                        .param("pid", transaction.pid())
                        .query(Boolean.class)
                        .single();
            }
        }
        awaitGone(halted);
        gatekeeper("SELECT pg_advisory_unlock_all()");
        return halted.stream()
                .filter(transaction ->
                        isCommitted(transaction) == (halts.get(transaction.id()).when() == When.AFTER_COMMIT))
                .toList();
    }

    private boolean isCommitted(Halted transaction) {
        return jdbc.sql("SELECT count(*) FROM sabotage.passed WHERE txid = :txid")
                        .param("txid", transaction.txid())
                        .query(Long.class)
                        .single()
                > 0;
    }

    private void awaitGone(List<Halted> halted) {
        List<Integer> pids = halted.stream().map(Halted::pid).toList();
        if (!pids.isEmpty()
                && !Waiting.until(
                        ENDED_WITHIN,
                        () -> jdbc.sql("SELECT count(*) FROM pg_stat_activity WHERE pid IN (:pids)")
                                        .param("pids", pids)
                                        .query(Long.class)
                                        .single()
                                == 0)) {
            throw new IllegalStateException("transactions of a dead client go on: " + halted);
        }
    }

    private void gatekeeper(String sql) {
        try (Statement statement = gatekeeper.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Takes the triggers away. */
    @Override
    public void close() {
        try (gatekeeper) {
            jdbc.sql("DROP TRIGGER sabotage ON saga.step").update();
            jdbc.sql("DROP TRIGGER break_step ON saga.step").update();
            jdbc.sql("DROP TRIGGER sabotage ON saga.saga").update();
            jdbc.sql("DROP TRIGGER sabotage ON saga.intervention").update();
            jdbc.sql("DROP SCHEMA sabotage CASCADE").update();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
