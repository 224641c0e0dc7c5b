package io.fincore.steps;

import static org.assertj.core.api.Assertions.assertThat;

import io.fincore.postgres.EmbeddedDatabase;
import io.temporal.activity.ActivityInterface;
import io.temporal.common.metadata.POJOActivityInterfaceMetadata;
import io.temporal.common.metadata.POJOActivityMethodMetadata;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the matrix must have cells for, told by the code and by what it has recorded, not by the matrix itself. */
final class SagaMatrixCoverage {

    private SagaMatrixCoverage() {}

    /** The names of all activities there are. */
    static Set<String> activities(Steps steps) {
        return Stream.of(steps.internal(), steps.bank(), steps.kyc())
                .flatMap(List::stream)
                .flatMap(implementation -> Stream.of(implementation.getClass().getInterfaces()))
                .filter(type -> type.isAnnotationPresent(ActivityInterface.class))
                .flatMap(type -> POJOActivityInterfaceMetadata.newInstance(type).getMethodsMetadata().stream())
                .map(POJOActivityMethodMetadata::getActivityTypeName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The activity by which a step of a saga is taken: its own, but for the one that others take. */
    static String activityOf(String step) {
        return step.equals("bank.answer") ? "bank.inquire" : step;
    }

    /** Of what has been run so far: each step that was undone has late attempts, each call that left the house has cells of its own. */
    static void assertCovers(List<SagaMatrix> sagas, EmbeddedDatabase database) {
        JdbcClient jdbc = JdbcClient.create(database.asSuperuser());
        assertThat(steps(sagas.stream().map(SagaMatrix::lateAttempts)))
                .as("late attempts")
                .containsAll(jdbc.sql("SELECT DISTINCT compensates FROM saga.step WHERE compensates IS NOT NULL")
                        .query(String.class)
                        .list());
        assertThat(steps(sagas.stream().map(SagaMatrix::calls)))
                .as("calls")
                .containsAll(jdbc.sql("SELECT DISTINCT name FROM saga.step WHERE call_number > 0")
                        .query(String.class)
                        .list());
    }

    static Set<String> steps(Stream<String> tables) {
        return tables.flatMap(table -> TextTable.parse(table).rows().stream())
                .map(row -> row.get("step"))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
