package io.fincore.api.sagas;

import io.fincore.workflows.repair.InterventionAction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads what compensating a saga now would undo. */
@Component
class CompensationPlans {

    private final JdbcClient jdbc;

    CompensationPlans(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    CompensationPlan of(StoredSaga saga) {
        List<CompensationPlan.Undo> undos = jdbc.sql("""
                SELECT step, undo, wallet_id, posted_change, held_change, currency FROM read.compensation_plan
                WHERE workflow_id = :workflowId ORDER BY number DESC, step
                """)
                .param("workflowId", saga.workflowId())
                .query((row, number) ->
                        new CompensationPlan.Undo(row.getString("step"), row.getString("undo"), postings(row)))
                .list();
        return new CompensationPlan("compensation_plan", saga.id(), saga.takes(InterventionAction.COMPENSATE), undos);
    }

    private static List<CompensationPlan.Posting> postings(ResultSet row) throws SQLException {
        String wallet = row.getString("wallet_id");
        return wallet == null
                ? List.of()
                : List.of(new CompensationPlan.Posting(
                        wallet, row.getLong("posted_change"), row.getLong("held_change"), row.getString("currency")));
    }
}
