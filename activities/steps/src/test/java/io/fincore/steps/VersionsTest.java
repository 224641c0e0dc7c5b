package io.fincore.steps;

import static org.assertj.core.api.Assertions.assertThat;

import io.fincore.money.Money;
import io.fincore.providers.BankStatus;
import io.fincore.providers.KycAnswer;
import io.fincore.workflows.activation.AccountActivationWorkflow;
import io.fincore.workflows.activation.ActivationOrder;
import io.fincore.workflows.activation.ActivationStatus;
import io.fincore.workflows.compliance.CaseResolution;
import io.fincore.workflows.payment.PaymentOrder;
import io.fincore.workflows.payment.PaymentStatus;
import io.fincore.workflows.refund.RefundOrder;
import io.fincore.workflows.refund.RefundStatus;
import io.fincore.workflows.repair.InterventionAction;
import io.fincore.workflows.repair.Resolution;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** One version is one representation: the ETag of a client stands for what it saw. What can be seen is what a transaction leaves. */
@Execution(ExecutionMode.CONCURRENT)
class VersionsTest {

    private final PaymentSaga saga = new PaymentSaga();

    @BeforeEach
    void remember() {
        saga.jdbc
                .sql("CREATE TABLE public.shown (id text, version bigint, representation jsonb)")
                .update();
        remember("payments.payment", "id", "read.payment");
        remember("decision.decision", "payment_id", "read.payment");
        remember("payments.compliance_case", "payment_id", "read.payment");
        remember("payments.refund", "id", "read.refund");
        remember("payments.account_activation", "id", "read.account_activation");
    }

    private void remember(String table, String id, String view) {
        String name = table.replace('.', '_');
        saga.jdbc.sql("""
                CREATE FUNCTION public.remember_%1$s() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
                BEGIN
                    INSERT INTO public.shown SELECT v.id, v.version, to_jsonb(v) - 'version' FROM %4$s v WHERE v.id = NEW.%3$s;
                    RETURN NULL;
                END $$;
                CREATE CONSTRAINT TRIGGER is_remembered AFTER INSERT OR UPDATE ON %2$s DEFERRABLE INITIALLY DEFERRED
                    FOR EACH ROW EXECUTE FUNCTION public.remember_%1$s()
                """.formatted(name, table, id, view)).update();
    }

    @AfterEach
    void close() {
        saga.close();
    }

    @Test
    void aPaymentAndItsRefundsChangeWithTheirVersions() {
        PaymentOrder payment = saga.order(1250);
        assertThat(saga.run(payment)).isEqualTo(PaymentStatus.COMPLETED);
        Refunds refunds = new Refunds(saga);
        RefundOrder part = refunds.order(payment, Money.of(500, "EUR"));
        assertThat(refunds.run(part)).isEqualTo(RefundStatus.COMPLETED);
        saga.bank.willAnswer(new BankStatus.Rejected("AC04", "closed account"));
        RefundOrder refused = refunds.order(payment, null);
        assertThat(refunds.run(refused)).isEqualTo(RefundStatus.FAILED);

        assertOneRepresentationEach(payment.paymentId(), part.refundId(), refused.refundId());
    }

    @Test
    void aPaymentInReviewChangesWithItsVersion() {
        PaymentOrder rejected = saga.order(6_000_00);
        assertThat(saga.accept(rejected)).isEqualTo(PaymentStatus.IN_REVIEW);
        saga.theCase(rejected).resolve(new CaseResolution("olga", false, "forged invoice"));
        assertThat(saga.end(rejected)).isEqualTo(PaymentStatus.REJECTED);

        assertOneRepresentationEach(rejected.paymentId());
    }

    @Test
    void anActivationThatIsReviewedChangesWithItsVersion() {
        Activations activations = new Activations(saga);
        Operators operators = new Operators(saga);
        saga.kyc.answers.add(new KycAnswer.Referred("KYC-1", "two people of this name"));
        ActivationOrder order = activations.order(activations.wallet());
        String workflowId = AccountActivationWorkflow.workflowId(order.activationId());
        activations.start(order);
        operators.awaitCall(workflowId);
        operators.intervene(workflowId, Operators.order(InterventionAction.RESOLVE, Resolution.APPROVED));
        assertThat(activations.end(order)).isEqualTo(ActivationStatus.COMPLETED);

        assertOneRepresentationEach(order.activationId());
    }

    private void assertOneRepresentationEach(String... ids) {
        for (String id : ids) {
            List<String> versions = saga.jdbc
                    .sql(
                            "SELECT DISTINCT version || ' ' || representation::text FROM public.shown WHERE id = ? ORDER BY 1")
                    .param(id)
                    .query(String.class)
                    .list();
            assertThat(versions).as(id).hasSizeGreaterThan(1);
            assertThat(versions.stream().map(shown -> shown.substring(0, shown.indexOf(' '))))
                    .as("versions of %s", versions)
                    .doesNotHaveDuplicates();
        }
    }
}
