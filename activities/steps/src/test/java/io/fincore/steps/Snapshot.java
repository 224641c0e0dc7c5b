package io.fincore.steps;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** All that the database has of somebody, to see whether anything changes. */
record Snapshot(TreeSet<String> rows) {

    /** @param traces ids, one of which is in each row that is looked for */
    static Snapshot of(PaymentSaga saga, List<String> traces) {
        TreeSet<String> rows = new TreeSet<>();
        for (String table : saga.jdbc.sql("""
                SELECT format('%I.%I', table_schema, table_name) FROM information_schema.tables
                 WHERE table_type = 'BASE TABLE'
                   AND table_schema IN ('payments', 'saga', 'ledger', 'decision', 'customers', 'outbox', 'audit')""").query(String.class).list()) {
            for (String trace : traces) {
                rows.addAll(saga.jdbc
                        .sql("SELECT '" + table + " ' || t::text FROM " + table + " t WHERE t::text LIKE :trace")
                        .param("trace", "%" + trace + "%")
                        .query(String.class)
                        .list());
            }
        }
        // Balances and entries know their account by its number only.
        rows.addAll(
                saga.jdbc.sql("""
                SELECT b::text FROM ledger.account_balance b JOIN ledger.wallet w USING (account_id) WHERE w.id IN (:traces)
                UNION ALL
                SELECT e::text FROM ledger.entry e JOIN ledger.wallet w USING (account_id) WHERE w.id IN (:traces)""").param("traces", traces).query(String.class).list());
        return new Snapshot(rows);
    }

    /** Without the record of a step's attempts. */
    Snapshot withoutStep(String step) {
        Stream<String> others = rows.stream().filter(row -> !(row.startsWith("saga.step ") && row.contains(step)));
        return new Snapshot(others.collect(TreeSet::new, TreeSet::add, TreeSet::addAll));
    }
}
