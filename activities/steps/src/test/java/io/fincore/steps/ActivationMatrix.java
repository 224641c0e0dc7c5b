package io.fincore.steps;

import io.fincore.workflows.SagaKind;
import io.fincore.workflows.activation.ActivationStep;
import java.util.List;
import java.util.stream.Stream;

/** The account activation's part of the matrix: of a new customer's only wallet. */
final class ActivationMatrix implements SagaMatrix {

    /** The order itself is recorded beside the first step, and undone with it. */
    static final List<String> STEPS = Stream.concat(
                    Stream.of("activation.create"),
                    Stream.of(ActivationStep.values()).map(ActivationStep::stepName))
            .toList();

    @Override
    public SagaKind kind() {
        return SagaKind.ACCOUNT_ACTIVATION;
    }

    @Override
    public List<String> steps() {
        return STEPS;
    }

    /** {@code activation.end} is recorded as {@code activation.mark-…}. */
    @Override
    public String cells() {
        return """
                step                             | on          | permanent          | transient   | halted before commit | halted after commit
                activation.create                | activates   | fails at once      | activates   | activates            | activates
                kyc.verify                       | activates   | fails at 1         | activates   | activates            | activates
                kyc.inquire                      | waits       | fails waiting      | waits       | waits                | waits
                activation.mark-in-review        | is referred | rests, is referred | is referred | is referred          | is referred
                kyc.approve                      | activates   | fails at 2         | activates   | activates            | activates
                customer.mark-verified           | activates   | fails at 3         | activates   | activates            | activates
                wallet.activate                  | activates   | fails at 4         | activates   | activates            | activates
                customer.restore                 | is frozen   | rests, is frozen   | is frozen   | is frozen            | is frozen
                kyc.revoke                       | is frozen   | rests, is frozen   | is frozen   | is frozen            | is frozen
                activation.end                   | is frozen   | rests, is frozen   | is frozen   | is frozen            | is frozen
                activation.end                   | is rejected | rests, is rejected | is rejected | is rejected          | is rejected
                saga.require-manual-intervention | is referred | is referred        | is referred | is referred          | is referred""";
    }

    @Override
    public String lateAttempts() {
        return """
                step                   | on        | after its undo | after its failure
                activation.create      | is frozen | answered       | undone
                kyc.approve            | is frozen | answered       | undone
                customer.mark-verified | is frozen | answered       | undone
                wallet.activate        | is frozen | answered       | -
                wallet.activate        | activates | -              | refused""";
    }

    @Override
    public String endings() {
        return """
                ending        | activation                  | saga      | customer   | wallet             | checks | record
                activates     | completed                   | SUCCEEDED | verified   | active             | 1      | SSSSS -----
                waits         | completed                   | SUCCEEDED | verified   | active             | 1      | SSSSS -----
                is referred   | completed                   | SUCCEEDED | verified   | active             | 1      | SSSSS -----
                is rejected   | rejected kyc_rejected       | FAILED    | rejected   | pending_activation | 1      | CS--- S----
                is frozen     | failed wallet_not_activated | FAILED    | unverified | frozen             | 1      | CSCCS S-SS-
                fails at once | failed internal_error       | FAILED    | unverified | pending_activation | 0      | C---- S----
                fails at 1    | failed kyc_unavailable      | FAILED    | unverified | pending_activation | 1      | CF--- S----
                fails waiting | failed kyc_unavailable      | FAILED    | unverified | pending_activation | 1      | CS--- S---- kyc.inquire=FAILED
                fails at 2    | failed internal_error       | FAILED    | unverified | pending_activation | 1      | CSC-- S-S--
                fails at 3    | failed internal_error       | FAILED    | unverified | pending_activation | 1      | CSCC- S-SS-
                fails at 4    | failed internal_error       | FAILED    | unverified | pending_activation | 1      | CSCCF S-SS-""";
    }

    @Override
    public Course course(String path, PaymentSaga saga) {
        return new ActivationCourse(path, saga);
    }
}
