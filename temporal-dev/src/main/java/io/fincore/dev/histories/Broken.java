package io.fincore.dev.histories;

import io.fincore.dev.stack.Stack;
import io.fincore.postgres.DatabaseRole;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A function of the ledger that the worker may not call, until it is mended: each attempt of a step that needs it is a fault. */
final class Broken {

    private final Stack stack;
    private final String function;

    /** @param function name in the schema {@code ledger} */
    Broken(Stack stack, String function) {
        this.stack = stack;
        this.function = function;
        execute("REVOKE EXECUTE ON FUNCTION ledger." + function + " FROM fincore_worker");
    }

    void mend() {
        execute("GRANT EXECUTE ON FUNCTION ledger." + function + " TO fincore_worker");
    }

    private void execute(String statement) {
        JdbcClient.create(stack.postgres().as(DatabaseRole.OWNER))
                .sql(statement)
                .update();
    }
}
