package io.fincore.steps;

import io.fincore.workflows.SagaKind;
import io.fincore.workflows.compliance.CaseStep;
import java.util.List;
import java.util.stream.Stream;

/** The compliance case's part of the matrix: about a payment of 600000. */
final class CaseMatrix implements SagaMatrix {

    static final List<String> STEPS =
            Stream.of(CaseStep.values()).map(CaseStep::stepName).toList();

    @Override
    public SagaKind kind() {
        return SagaKind.COMPLIANCE_CASE;
    }

    @Override
    public List<String> steps() {
        return STEPS;
    }

    /** On {@code reopens}, the ledger fails to release the hold for good, until the case is open again. */
    @Override
    public String cells() {
        return """
                step                    | on         | permanent       | transient  | halted before commit | halted after commit
                case.begin              | rejects    | rests, rejects  | rejects    | rejects              | rejects
                case.remind             | is late    | rests, is late  | is late    | is late              | is late
                case.escalate           | expires    | rests, expires  | expires    | expires              | expires
                case.assign             | is handled | is handled      | is handled | is handled           | is handled
                case.add-note           | is handled | is handled      | is handled | is handled           | is handled
                case.resolve            | rejects    | rests, rejects  | rejects    | rejects              | rejects
                case.resolve            | approves   | rests, approves | approves   | approves             | approves
                payment.mark-rejected   | rejects    | rests, rejects  | rejects    | rejects              | rejects
                ledger.release          | rejects    | reopens         | rejects    | rejects              | rejects
                decision.release-limit  | rejects    | rests, rejects  | rejects    | rejects              | rejects
                payment.unmark-rejected | reopens    | rests, reopens  | reopens    | reopens              | reopens
                case.reopen             | reopens    | rests, reopens  | reopens    | reopens              | reopens
                case.close              | rejects    | rests, rejects  | rejects    | rejects              | rejects""";
    }

    @Override
    public String lateAttempts() {
        return """
                step                  | on      | after its undo | after its failure
                case.resolve          | reopens | answered       | -
                payment.mark-rejected | reopens | answered       | -""";
    }

    @Override
    public String endings() {
        return """
                ending     | case              | saga      | payment                | payment's saga | wallet  | bank | record           | payment's record
                rejects    | resolved rejected | SUCCEEDED | rejected case_rejected | FAILED         | 0       | 0    | SSS ---          | SCC----- -SS-----
                is handled | resolved rejected | SUCCEEDED | rejected case_rejected | FAILED         | 0       | 0    | SSS ---          | SCC----- -SS-----
                expires    | resolved expired  | SUCCEEDED | rejected case_rejected | FAILED         | 0       | 0    | SSS ---          | SCC----- -SS-----
                is late    | resolved expired  | SUCCEEDED | rejected case_rejected | FAILED         | 0       | 0    | SSS ---          | SCC----- -SS-----
                approves   | resolved approved | SUCCEEDED | completed              | SUCCEEDED      | -600000 | 1    | S-S ---          | SSSSSSSS --------
                reopens    | resolved rejected | SUCCEEDED | rejected case_rejected | FAILED         | 0       | 0    | SC- -S-; SSS --- | SCC----- -SS-----""";
    }

    @Override
    public Course course(String path, PaymentSaga saga) {
        return new CaseCourse(path, saga);
    }
}
