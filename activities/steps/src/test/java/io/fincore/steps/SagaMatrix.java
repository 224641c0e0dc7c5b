package io.fincore.steps;

import io.fincore.workflows.SagaKind;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What becomes of one saga when something goes wrong with one of its steps.
 *
 * <p>A step is named as its activity is. {@code on} is the path that the saga is on when its step goes wrong, a path being named after
 * the ending it has when nothing goes wrong.
 */
interface SagaMatrix {

    /** In a cell: the saga rests until an operator, after the repair, says {@code retry}; the ending follows. */
    String RESTS = "rests, ";

    /** In a cell: the saga calls a person, and goes on by itself after the repair; the ending follows. */
    String CALLS = "calls, ";

    SagaKind kind();

    /** The steps of the saga that the record of an ending shows, in their order. */
    List<String> steps();

    /** Steps by faults; in the cells the names of endings. */
    String cells();

    /** Steps that call a provider by the faults that only they know. */
    default String calls() {
        return "step | on";
    }

    /** Steps by their late attempts; in the cells what a late attempt comes to. */
    String lateAttempts();

    /** The endings by name, as {@link Course#ending} tells them. */
    String endings();

    /** Prepares a saga to be taken on a path, with nothing going wrong yet. */
    Course course(String path, PaymentSaga saga);

    default Stream<Cell> faults() {
        return Stream.of(cells(), calls())
                .map(TextTable::parse)
                .flatMap(table -> table.rows().stream()
                        .flatMap(row -> table.headings().stream()
                                .skip(2)
                                .map(heading ->
                                        new Cell(this, row.get("step"), row.get("on"), heading, row.get(heading)))));
    }

    default Stream<Cell> late() {
        TextTable table = TextTable.parse(lateAttempts());
        return table.rows().stream()
                .flatMap(row -> table.headings().stream()
                        .skip(2)
                        .filter(heading -> !row.get(heading).equals("-"))
                        .map(heading -> new Cell(this, row.get("step"), row.get("on"), heading, row.get(heading))));
    }

    /** The ending of this name, a value for each heading. */
    default Map<String, String> ending(String name) {
        return TextTable.parse(endings()).rows().stream()
                .filter(row -> row.get("ending").equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such ending: " + name))
                .without("ending");
    }

    /** One cell of the matrix. */
    record Cell(SagaMatrix matrix, String step, String path, String heading, String expected) {

        boolean rests() {
            return expected.startsWith(RESTS);
        }

        boolean needsPerson() {
            return rests() || expected.startsWith(CALLS);
        }

        Map<String, String> ending() {
            return matrix.ending(needsPerson() ? expected.substring(expected.indexOf(' ') + 1) : expected);
        }

        @Override
        public String toString() {
            return matrix.kind().code() + ": " + step + ", " + heading + ", on: " + path + " -> " + expected;
        }
    }
}
