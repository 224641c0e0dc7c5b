package io.fincore.steps;

import io.fincore.steps.BookCheck.Finding;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Something that is true of the book whenever it is looked at, also while payments are under way.
 *
 * @param name for alerts and metrics, {@code transactions-balance}
 * @param meaning what holds, in words
 * @param culprits a query of one text per row that breaks it, no row if it holds
 */
record Invariant(String name, String meaning, String culprits) {

    Finding check(JdbcClient jdbc) {
        List<String> named = new ArrayList<>();
        long[] total = new long[1];
        // Ordered, so that two looks at the same damage name the same.
        jdbc.sql("SELECT culprit, count(*) OVER () AS total FROM (" + culprits
                        + ") AS found (culprit) ORDER BY culprit LIMIT :most")
                .param("most", BookCheck.CULPRITS)
                .query(row -> {
                    named.add(row.getString("culprit"));
                    total[0] = row.getLong("total");
                });
        return new Finding(name, meaning, total[0], named);
    }
}
