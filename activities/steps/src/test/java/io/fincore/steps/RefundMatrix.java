package io.fincore.steps;

import io.fincore.workflows.SagaKind;
import io.fincore.workflows.refund.RefundStep;
import java.util.List;
import java.util.stream.Stream;

/** The refund saga's part of the matrix: of a payment of 1250, which left the wallet. */
final class RefundMatrix implements SagaMatrix {

    static final List<String> STEPS =
            Stream.of(RefundStep.values()).map(RefundStep::stepName).toList();

    @Override
    public SagaKind kind() {
        return SagaKind.REFUND;
    }

    @Override
    public List<String> steps() {
        return STEPS;
    }

    /** {@code refund.end} is recorded as {@code refund.mark-failed}. */
    @Override
    public String cells() {
        return """
                step                             | on          | permanent          | transient   | halted before commit | halted after commit
                refund.create                    | refunds     | is not created     | refunds     | refunds              | refunds
                bank.refund                      | refunds     | never asks         | refunds     | refunds              | refunds
                bank.inquire                     | asks        | calls, asks        | asks        | asks                 | asks
                ledger.post-reversal             | refunds     | rests, refunds     | refunds     | refunds              | refunds
                payment.mark-refunded            | refunds     | rests, refunds     | refunds     | refunds              | refunds
                refund.end                       | is refused  | rests, is refused  | is refused  | is refused           | is refused
                refund.claim                     | never asks  | rests, never asks  | never asks  | never asks           | never asks
                refund.record-contradiction      | hears twice | rests, hears twice | hears twice | hears twice          | hears twice
                saga.require-manual-intervention | is resolved | is resolved        | is resolved | is resolved          | is resolved""";
    }

    @Override
    public String calls() {
        return """
                step        | on      | halted after intent     | halted before answer
                bank.refund | refunds | refunds after inquiries | refunds""";
    }

    @Override
    public String lateAttempts() {
        return """
                step          | on         | after its undo | after its failure
                refund.create | is refused | answered       | undone
                bank.refund   | is refused | answered       | never sent
                bank.refund   | asks       | answered       | -""";
    }

    @Override
    public String endings() {
        return """
                ending                  | refund                   | saga      | payment                           | wallet | bank | record
                refunds                 | completed                | SUCCEEDED | refunded 1250 of 1250, 0 reserved | 0      | 1    | SSSS ----
                refunds after inquiries | completed                | SUCCEEDED | refunded 1250 of 1250, 0 reserved | 0      | 1    | SSSS ----
                asks                    | completed                | SUCCEEDED | refunded 1250 of 1250, 0 reserved | 0      | 1    | SSSS ----
                hears twice             | completed                | SUCCEEDED | refunded 1250 of 1250, 0 reserved | 0      | 1    | SSSS ----
                is resolved             | completed                | SUCCEEDED | refunded 1250 of 1250, 0 reserved | 0      | 1    | SSSS ----
                is refused              | failed bank_rejected     | FAILED    | completed 0 of 1250, 0 reserved   | -1250  | 1    | CS-- S---
                never asks              | failed deadline_exceeded | FAILED    | completed 0 of 1250, 0 reserved   | -1250  | 0    | C--- S---
                is not created          |                          | -         | completed 0 of 1250, 0 reserved   | -1250  | 0    | C--- S---""";
    }

    @Override
    public Course course(String path, PaymentSaga saga) {
        return new RefundCourse(path, saga);
    }
}
