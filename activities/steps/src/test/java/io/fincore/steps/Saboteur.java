package io.fincore.steps;

import io.temporal.activity.ActivityExecutionContext;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.temporal.failure.ApplicationFailure;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Makes steps go wrong, in the test's own process and at the commit of what they do. It knows a step by the name of its activity; a step
 * that nothing is planned against, and any record of a failure, passes untouched.
 */
final class Saboteur extends WorkerInterceptorBase {

    private static final int ATTEMPTS_IN_OUTAGE = 2;

    private static final ThreadLocal<@Nullable Attempt> RUNNING = new ThreadLocal<>();

    private final Map<String, Sabotage> plans = new ConcurrentHashMap<>();

    void plan(String activity, Fault fault) {
        plans.put(activity, new Sabotage(fault));
    }

    /** From now on the step succeeds. */
    void repair(String activity) {
        plan(activity).repaired = true;
    }

    void repairAll() {
        plans.keySet().forEach(this::repair);
    }

    /** How often the step went wrong because of what was planned. */
    int hits(String activity) {
        return plan(activity).hits.get();
    }

    private Sabotage plan(String activity) {
        return Objects.requireNonNull(plans.get(activity), activity);
    }

    /** The connections that activities must use. */
    DataSource wrap(DataSource connections) {
        return new DelegatingDataSource(connections) {
            @Override
            public Connection getConnection() throws SQLException {
                Connection connection = super.getConnection();
                Attempt attempt = RUNNING.get();
                return attempt == null ? connection : attempt.watch(connection);
            }
        };
    }

    @Override
    public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
        return new ActivityInboundCallsInterceptorBase(next) {
            private String activity = "";

            @Override
            public void init(ActivityExecutionContext context) {
                activity = context.getInfo().getActivityType();
                super.init(context);
            }

            @Override
            public ActivityOutput execute(ActivityInput input) {
                Sabotage plan = plans.get(activity);
                if (plan == null || plan.repaired) {
                    return super.execute(input);
                }
                Attempt attempt = new Attempt(plan);
                RUNNING.set(attempt);
                try {
                    ActivityOutput output = super.execute(input);
                    attempt.afterCommit();
                    return output;
                } catch (Halt halt) {
                    // What Temporal makes of an attempt that it never hears of again: it is repeated.
                    throw ApplicationFailure.newFailureWithCause("the process has halted", "HALTED", halt);
                } finally {
                    RUNNING.remove();
                }
            }
        };
    }

    /** What is planned against one step. */
    private static final class Sabotage {

        private final Fault fault;
        private final AtomicInteger attempts = new AtomicInteger();
        private final AtomicInteger hits = new AtomicInteger();
        private volatile boolean repaired;

        Sabotage(Fault fault) {
            this.fault = fault;
        }
    }

    /** One attempt of the step. */
    private static final class Attempt {

        private final Sabotage plan;
        private final int number;
        private int commits;

        Attempt(Sabotage plan) {
            this.plan = plan;
            this.number = plan.attempts.incrementAndGet();
        }

        Connection watch(Connection connection) {
            return (Connection) Proxy.newProxyInstance(
                    Saboteur.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                        if (method.getName().equals("commit")) {
                            commit(connection);
                            return null;
                        }
                        try {
                            return method.invoke(connection, arguments);
                        } catch (InvocationTargetException e) {
                            throw e.getCause();
                        }
                    });
        }

        private void commit(Connection connection) throws SQLException {
            commits++;
            switch (plan.fault) {
                case PERMANENT -> fail(connection, "XX000");
                case TRANSIENT -> {
                    if (number <= ATTEMPTS_IN_OUTAGE) {
                        fail(connection, "08006");
                    }
                }
                case HALTED_BEFORE_COMMIT -> halt(connection, commits == 1);
                case HALTED_BEFORE_ANSWER -> halt(connection, commits == 2);
                case HALTED_AFTER_INTENT -> {
                    if (number == 1) {
                        connection.commit();
                        halt(connection, true);
                    }
                }
                case HALTED_AFTER_COMMIT -> {}
            }
            connection.commit();
        }

        void afterCommit() {
            if (plan.fault == Fault.HALTED_AFTER_COMMIT && number == 1) {
                plan.hits.incrementAndGet();
                throw new Halt();
            }
        }

        private void fail(Connection connection, String sqlState) throws SQLException {
            plan.hits.incrementAndGet();
            connection.rollback();
            throw new SQLException("sabotage", sqlState);
        }

        private void halt(Connection connection, boolean here) throws SQLException {
            if (here && number == 1) {
                plan.hits.incrementAndGet();
                connection.rollback();
                throw new Halt();
            }
        }
    }

    /** An error, so that nothing catches it: a process that has halted records no failure. */
    private static final class Halt extends Error {}
}
