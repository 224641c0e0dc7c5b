package io.fincore.steps;

import static org.assertj.core.api.Assertions.assertThat;

import io.fincore.ledger.Book;
import io.fincore.ledger.TrialBalance;
import io.fincore.postgres.DatabaseRole;
import io.fincore.postgres.EmbeddedDatabase;
import io.fincore.steps.SagaMatrix.Cell;
import io.fincore.workflows.FailureType;
import io.fincore.workflows.SagaKind;
import io.fincore.workflows.bank.BankAnswer;
import io.fincore.workflows.repair.InterventionStatus;
import io.temporal.failure.ActivityFailure;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestActivityEnvironment;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each saga, each of its steps, each undo, by everything that may go wrong with them: see the tables of {@link SagaMatrix}. */
@Execution(ExecutionMode.CONCURRENT)
class SagaMatrixTest {

    private static final EmbeddedDatabase DATABASE = EmbeddedDatabase.create();
    private static final List<SagaMatrix> SAGAS =
            List.of(new PaymentMatrix(), new RefundMatrix(), new CaseMatrix(), new ActivationMatrix());

    @Test
    void hasARowForEachActivityThereIs() {
        try (PaymentSaga saga = new PaymentSaga(DATABASE)) {
            assertThat(SagaMatrixCoverage.steps(SAGAS.stream().map(SagaMatrix::cells)))
                    .isEqualTo(SagaMatrixCoverage.activities(saga.steps));
        }
    }

    @Test
    void hasARowForEachStepOfEachSaga() {
        assertThat(SAGAS).extracting(SagaMatrix::kind).containsExactly(SagaKind.values());
        for (SagaMatrix saga : SAGAS) {
            assertThat(SagaMatrixCoverage.steps(Stream.of(saga.cells())))
                    .containsAll(saga.steps().stream()
                            .map(SagaMatrixCoverage::activityOf)
                            .toList());
            assertThat(TextTable.parse(saga.cells()).headings())
                    .containsExactly(
                            "step", "on", "permanent", "transient", "halted before commit", "halted after commit");
        }
    }

    /** When all cells have been run. */
    @AfterAll
    static void hasCellsForAllThatWasUndoneAndForEachCallThatLeftTheHouse() {
        SagaMatrixCoverage.assertCovers(SAGAS, DATABASE);
    }

    static Stream<Cell> faults() {
        return SAGAS.stream().flatMap(SagaMatrix::faults);
    }

    static Stream<Cell> lateAttempts() {
        return SAGAS.stream().flatMap(SagaMatrix::late);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("faults")
    void endsAsTheTableSays(Cell cell) {
        try (PaymentSaga saga = new PaymentSaga(DATABASE)) {
            Fault fault = Fault.of(cell.heading());
            Course course = cell.matrix().course(cell.path(), saga);
            saga.saboteur.plan(cell.step(), fault);

            course.start();
            if (cell.needsPerson()) {
                course.operators.awaitCall(course.workflowId());
                assertThat(course.sagaStatus(course.workflowId())).isEqualTo("REQUIRES_MANUAL_INTERVENTION");
                assertThat(course.standing(cell.step()).orElse("FAILED")).startsWith("FAILED");
                saga.saboteur.repair(cell.step());
            }
            if (cell.rests()) {
                assertThat(course.operators.retry(course.workflowId())).isEqualTo(InterventionStatus.TAKEN);
                course.goOn();
            }
            course.end();

            assertThat(saga.saboteur.hits(cell.step())).as("faults met").isPositive();
            assertThat(course.ending()).isEqualTo(cell.ending());
            if (fault == Fault.TRANSIENT && countsEachAttempt(cell.step())) {
                assertThat(course.standing(cell.step()).orElse("after 3")).endsWith("after 3");
            }
            assertBookIsSound();
        }
    }

    /** A call to the bank counts when it is made, not when it is tried. */
    private static boolean countsEachAttempt(String step) {
        return !step.startsWith("bank.");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lateAttempts")
    void doesNothingWhenItComesLate(Cell cell) {
        try (PaymentSaga saga = new PaymentSaga(DATABASE)) {
            Course course = cell.matrix().course(cell.path(), saga);
            if (cell.heading().equals("after its failure")) {
                saga.saboteur.plan(cell.step(), Fault.PERMANENT);
            }
            course.start();
            course.end();
            saga.saboteur.repairAll();
            Snapshot before = Snapshot.of(saga, course.traces());
            int asked = saga.bank.received.size() + saga.bank.receivedReturns.size();

            String said = attempt(course, cell.step(), saga);

            assertThat(said).isEqualTo(cell.expected());
            Snapshot after = Snapshot.of(saga, course.traces());
            if (said.equals("refused")) {
                assertThat(after.withoutStep(cell.step())).isEqualTo(before.withoutStep(cell.step()));
            } else {
                assertThat(after).isEqualTo(before);
            }
            assertThat(saga.bank.received.size() + saga.bank.receivedReturns.size())
                    .as("calls to the bank")
                    .isEqualTo(asked);
        }
    }

    /** What becomes of a late attempt, in the words of the tables. */
    private static String attempt(Course course, String step, PaymentSaga saga) {
        TestActivityEnvironment activities = saga.activities();
        try {
            return course.attempt(step, activities) instanceof BankAnswer.NeverSent ? "never sent" : "answered";
        } catch (ActivityFailure failure) {
            boolean undone = failure.getCause() instanceof ApplicationFailure cause
                    && FailureType.STEP_UNDONE.name().equals(cause.getType());
            return undone ? "undone" : "refused";
        } finally {
            activities.close();
        }
    }

    private static void assertBookIsSound() {
        Book book = new Book(DATABASE.as(DatabaseRole.WORKER));
        assertThat(book.trialBalances()).allMatch(TrialBalance::isBalanced);
        // Of one instant, while the other cells' sagas are somewhere between two steps.
        assertThat(new BookCheck(DATABASE.as(DatabaseRole.WORKER)).run(List.of()))
                .allMatch(BookCheck.Finding::isSound);
    }
}
