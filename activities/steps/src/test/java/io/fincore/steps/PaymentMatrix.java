package io.fincore.steps;

import io.fincore.workflows.SagaKind;
import io.fincore.workflows.payment.PaymentStep;
import java.util.List;
import java.util.stream.Stream;

/** The payment saga's part of the matrix: of a payment of 1250, or of 600000 if it is reviewed. */
final class PaymentMatrix implements SagaMatrix {

    static final List<String> STEPS =
            Stream.of(PaymentStep.values()).map(PaymentStep::stepName).toList();

    @Override
    public SagaKind kind() {
        return SagaKind.PAYMENT;
    }

    @Override
    public List<String> steps() {
        return STEPS;
    }

    /**
     * {@code bank.inquire} is how the step {@code bank.answer} is taken; {@code payment.end} is recorded as {@code payment.mark-…}. On
     * {@code recovers}, {@code ledger.settle} has failed for good before.
     */
    @Override
    public String cells() {
        return """
                step                             | on           | permanent           | transient    | halted before commit | halted after commit
                payment.create                   | pays         | fails at 1          | pays         | pays                 | pays
                decision.evaluate                | pays         | fails at 2          | pays         | pays                 | pays
                ledger.hold                      | pays         | fails at 3          | pays         | pays                 | pays
                payment.mark-in-review           | is approved  | fails before review | is approved  | is approved          | is approved
                payment.mark-processing          | pays         | fails at 4          | pays         | pays                 | pays
                bank.send                        | pays         | never asks          | pays         | pays                 | pays
                bank.inquire                     | asks         | calls, asks         | asks         | asks                 | asks
                ledger.settle                    | pays         | rests, pays         | pays         | pays                 | pays
                payment.complete                 | pays         | rests, pays         | pays         | pays                 | pays
                ledger.release                   | is refused   | rests, is refused   | is refused   | is refused           | is refused
                decision.release-limit           | is refused   | rests, is refused   | is refused   | is refused           | is refused
                payment.end                      | is refused   | rests, is refused   | is refused   | is refused           | is refused
                payment.claim                    | is cancelled | rests, is cancelled | is cancelled | is cancelled         | is cancelled
                payment.record-contradiction     | hears twice  | rests, hears twice  | hears twice  | hears twice          | hears twice
                saga.require-manual-intervention | is resolved  | is resolved         | is resolved  | is resolved          | is resolved
                saga.go-on                       | recovers     | recovers            | recovers     | recovers             | recovers
                saga.record-intervention         | is resolved  | is resolved         | is resolved  | is resolved          | is resolved
                saga.approve-intervention        | is resolved  | is resolved         | is resolved  | is resolved          | is resolved
                saga.conclude-intervention       | is resolved  | is resolved, untold | is resolved  | is resolved          | is resolved""";
    }

    @Override
    public String calls() {
        return """
                step      | on   | halted after intent  | halted before answer
                bank.send | pays | pays after inquiries | pays""";
    }

    @Override
    public String lateAttempts() {
        return """
                step                    | on         | after its undo | after its failure
                payment.create          | is refused | answered       | undone
                decision.evaluate       | is refused | answered       | undone
                ledger.hold             | is refused | answered       | undone
                payment.mark-processing | is refused | answered       | refused
                bank.send               | is refused | answered       | never sent
                bank.send               | asks       | answered       | -""";
    }

    @Override
    public String endings() {
        return """
                ending                | payment                  | saga      | wallet  | bank | said          | record
                pays                  | completed                | SUCCEEDED | -1250   | 1    |               | SSSSSSSS --------
                pays after inquiries  | completed                | SUCCEEDED | -1250   | 1    |               | SSSSSSSS --------
                asks                  | completed                | SUCCEEDED | -1250   | 1    |               | SSSSSSSS --------
                hears twice           | completed                | SUCCEEDED | -1250   | 1    |               | SSSSSSSS --------
                is approved           | completed                | SUCCEEDED | -600000 | 1    |               | SSSSSSSS --------
                recovers              | completed                | SUCCEEDED | -1250   | 1    |               | SSSSSSSS --------
                is resolved           | completed                | SUCCEEDED | -1250   | 1    | resolve done  | SSSSSSSS --------
                is resolved, untold   | completed                | SUCCEEDED | -1250   | 1    | resolve taken | SSSSSSSS --------
                is refused            | failed bank_rejected     | FAILED    | 0       | 1    |               | CCCSSS-- SSS-----
                is cancelled          | cancelled cancelled      | FAILED    | 0       | 0    |               | CCCS---- SSS-----
                never asks            | failed deadline_exceeded | FAILED    | 0       | 0    |               | CCCS---- SSS-----
                fails at 1            | failed internal_error    | FAILED    | 0       | 0    |               | C------- S-------
                fails at 2            | failed internal_error    | FAILED    | 0       | 0    |               | CC------ SS------
                fails at 3            | failed internal_error    | FAILED    | 0       | 0    |               | CCC----- SSS-----
                fails before review   | failed internal_error    | FAILED    | 0       | 0    |               | CCC----- SSS----- payment.mark-in-review=FAILED
                fails at 4            | failed internal_error    | FAILED    | 0       | 0    |               | CCCF---- SSS-----""";
    }

    @Override
    public Course course(String path, PaymentSaga saga) {
        return new PaymentCourse(path, saga);
    }
}
