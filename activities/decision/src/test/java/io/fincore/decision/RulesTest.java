package io.fincore.decision;

import static io.fincore.decision.DecisionDatabase.NOON;
import static io.fincore.decision.DecisionDatabase.payment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fincore.decision.Outcome.Approved;
import io.fincore.decision.Outcome.Declined;
import io.fincore.decision.Outcome.Review;
import io.fincore.money.IdType;
import io.fincore.money.Money;
import io.fincore.postgres.DatabaseRole;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

class RulesTest {

    private static final Reason AMOUNT =
            new Reason("amount_limit", "The amount is above the limit of 50,000 per payment");
    private static final Reason NEW_CREDITOR =
            new Reason("new_creditor_large_amount", "The first payment to this creditor is 5,000 or more");
    private static final Reason NEW_ADDRESS =
            new Reason("new_client_ip_large_amount", "The first payment from this client address is 5,000 or more");
    private static final String CREDITOR = "DE89370400440532013000";
    private static final String ADDRESS = "192.0.2.1";

    private final DecisionDatabase database = new DecisionDatabase();
    private final Decisions decisions = new Decisions(database.worker);

    @Test
    void approvesAnOrdinaryPaymentAndStoresWhatWasKnown() throws JsonProcessingException {
        PaymentFacts facts = payment();

        assertThat(decisions.evaluate(facts)).isEqualTo(new Decision("1", new Approved()));

        assertThat(database.row(facts.paymentId()))
                .isEqualTo(Map.ofEntries(
                        Map.entry("payment_id", facts.paymentId()),
                        Map.entry("tenant", "acme"),
                        Map.entry("principal", "clara"),
                        Map.entry("customer_id", "cus_1"),
                        Map.entry("source", "wal_1"),
                        Map.entry("amount", 1250L),
                        Map.entry("currency", "EUR"),
                        Map.entry("creditor_iban", CREDITOR),
                        Map.entry("client_ip", ADDRESS),
                        Map.entry("rule_set_version", "1"),
                        Map.entry("outcome", "approved"),
                        Map.entry("reasons", "[]"),
                        Map.entry("reserved", true),
                        Map.entry("released", false)));
        assertThat(new ObjectMapper().readTree(inputs(facts.paymentId()))).isEqualTo(new ObjectMapper().readTree("""
                        {"tenant": "acme", "customer_id": "cus_1", "source": "wal_1",
                         "amount": 1250, "currency": "EUR", "major_unit": 100,
                         "creditor_name": "backerei muller gmbh", "creditor_iban": "DE89370400440532013000",
                         "creditor_country": "DE", "sanctioned_names": [], "similar_sanctioned_names": [],
                         "sanctioned_country": false, "sanctions_list_age_hours": 0,
                         "new_creditor": true, "new_client_ip": true, "window_count": 1, "window_sum": 1250}"""));
    }

    @ParameterizedTest
    @CsvSource({"5000000, EUR", "50000, JPY", "50000000, KWD"})
    void hasItsAmountLimitInMajorUnits(long limitMinorUnits, String currency) {
        assertThat(outcome(payment(Money.of(limitMinorUnits, currency))))
                .isEqualTo(new Review(List.of(NEW_ADDRESS, NEW_CREDITOR)));
        assertThat(outcome(payment(Money.of(limitMinorUnits + 1, currency)))).isEqualTo(new Declined(List.of(AMOUNT)));
    }

    @Test
    void declinesTheLargestAmountThereIs() {
        assertThat(outcome(payment(Money.of(Money.MAX_MINOR_UNITS, "EUR"))))
                .isEqualTo(new Declined(List.of(
                        AMOUNT, new Reason("velocity_sum", "The source has reached the limit of 1,000,000 per hour"))));
        assertThat(database.reserved()).isEmpty();
    }

    @Test
    void hasALargeFirstPaymentReviewed() {
        assertThat(outcome(from("cus_1", CREDITOR, ADDRESS, 499_999))).isEqualTo(new Approved());
        assertThat(outcome(from("cus_1", CREDITOR, ADDRESS, 500_000))).isEqualTo(new Approved());
        assertThat(outcome(from("cus_1", "NL91ABNA0417164300", ADDRESS, 500_000)))
                .isEqualTo(new Review(List.of(NEW_CREDITOR)));
        assertThat(outcome(from("cus_1", CREDITOR, "192.0.2.2", 500_000))).isEqualTo(new Review(List.of(NEW_ADDRESS)));
        assertThat(outcome(from("cus_1", CREDITOR, null, 500_000))).isEqualTo(new Approved());
        assertThat(outcome(from("cus_2", CREDITOR, ADDRESS, 500_000)))
                .isEqualTo(new Review(List.of(NEW_ADDRESS, NEW_CREDITOR)));
    }

    @Test
    void doesNotKnowACreditorFromAPaymentThatWasGivenUp() {
        PaymentFacts small = from("cus_1", CREDITOR, ADDRESS, 100);
        decisions.evaluate(small);
        decisions.release(small.paymentId());

        assertThat(outcome(from("cus_1", CREDITOR, ADDRESS, 500_000)))
                .isEqualTo(new Review(List.of(NEW_ADDRESS, NEW_CREDITOR)));
    }

    @Test
    void knowsACreditorFromAReviewedPaymentOnlyOnceTheReviewIsPassed() {
        PaymentFacts first = from("cus_1", CREDITOR, ADDRESS, 500_000);
        Outcome review = new Review(List.of(NEW_ADDRESS, NEW_CREDITOR));
        assertThat(outcome(first)).isEqualTo(review);
        assertThat(outcome(from("cus_1", CREDITOR, ADDRESS, 500_000))).isEqualTo(review);

        decisions.passReview(first.paymentId());

        assertThat(outcome(from("cus_1", CREDITOR, ADDRESS, 500_000))).isEqualTo(new Approved());
        assertThat(outcome(first)).isEqualTo(review);
    }

    /** Not CEL, an unknown variable, no bool, the wrong types, no such element, a division by zero, an overflow. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "amount >",
                "risk_score > 3",
                "amount",
                "amount > 'large'",
                "sanctioned_names[7] == ''",
                "amount / (window_count - 1) > 0",
                "amount * 9223372036854775807 > 0",
                "tenant.matches('(')"
            })
    void failsClosedWhenARuleFails(String expression) {
        database.activate("broken", "decline", expression);
        PaymentFacts facts = payment();

        assertThat(decisions.evaluate(facts))
                .isEqualTo(new Decision(
                        "broken",
                        new Review(List.of(new Reason("rule_failed", "The rule tested could not be evaluated")))));
        assertThat(database.reserved()).containsExactly("wal_1 EUR 1 1250");
    }

    @Test
    void declinesByOneRuleThoughAnotherFails() {
        database.draft("mixed");
        database.addRule("mixed", "broken", "review", "amount >");
        database.addRule("mixed", "wary", "review", "true");
        database.addRule("mixed", "strict", "decline", "amount > 1000");
        database.activate("mixed");

        assertThat(outcome(payment())).isEqualTo(new Declined(List.of(new Reason("strict", "As tested"))));
        assertThat(outcome(payment(Money.of(1000, "EUR"))))
                .isEqualTo(new Review(List.of(
                        new Reason("rule_failed", "The rule broken could not be evaluated"),
                        new Reason("wary", "As tested"))));
    }

    @Test
    void decidesByAnotherRuleSetAsSoonAsItIsActive() {
        PaymentFacts before = payment();
        assertThat(decisions.evaluate(before)).isEqualTo(new Decision("1", new Approved()));

        database.activate("2", "decline", "true");

        Outcome tested = new Declined(List.of(new Reason("tested", "As tested")));
        assertThat(decisions.evaluate(payment())).isEqualTo(new Decision("2", tested));
        assertThat(decisions.evaluate(before)).isEqualTo(new Decision("1", new Approved()));
        assertThat(database.owner
                        .sql("SELECT version || ' ' || status FROM decision.rule_set ORDER BY version")
                        .query(String.class)
                        .list())
                .containsExactly("1 deprecated", "2 active");
    }

    /** The example of docs/using/decision-rules.md. */
    @Test
    void takesACopyOfASetWithAnotherLimit() {
        database.draft("2");
        database.owner.sql("""
                        INSERT INTO decision.rule SELECT '2', name, expression, outcome, reason_code, detail
                        FROM decision.rule WHERE rule_set_version = '1'""").update();
        database.owner.sql("""
                        UPDATE decision.rule SET expression = 'amount > 20000 * major_unit'
                        WHERE rule_set_version = '2' AND name = 'amount-limit'""").update();
        database.activate("2");

        assertThat(decisions.evaluate(payment(Money.of(2_000_001, "EUR"))))
                .isEqualTo(new Decision("2", new Declined(List.of(AMOUNT))));
        assertThat(decisions.evaluate(payment())).isEqualTo(new Decision("2", new Approved()));
    }

    @Test
    void everySeededRuleAnswersInEveryCurrency() {
        for (String currency : List.of("EUR", "JPY", "KWD")) {
            assertThat(outcome(payment(Money.of(1, currency)))).isEqualTo(new Approved());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE decision.rule SET expression = 'false' WHERE rule_set_version = '1'",
                "DELETE FROM decision.rule WHERE rule_set_version = '1'",
                "INSERT INTO decision.rule VALUES ('1', 'late', 'true', 'decline', 'late', 'Late')",
                "UPDATE decision.rule SET rule_set_version = '1' WHERE rule_set_version = 'next'",
                "UPDATE decision.rule_set SET window_minutes = 5 WHERE version = '1'",
                "UPDATE decision.rule_set SET version = '0' WHERE version = '1'",
                "UPDATE decision.rule_set SET status = 'draft', activated_at = NULL WHERE version = '1'",
                "UPDATE decision.rule_set SET status = 'deprecated', deprecated_at = now() WHERE version = '1'",
                "UPDATE decision.rule_set SET status = 'active', activated_at = now() WHERE version = 'next'",
                "UPDATE decision.rule_set SET status = 'deprecated', activated_at = now(), deprecated_at = now()"
                        + " WHERE version = 'next'",
                "INSERT INTO decision.rule_set (version, status, description, window_minutes, activated_at)"
                        + " VALUES ('born', 'active', 'Active from birth', 60, now())",
                "DELETE FROM decision.rule_set WHERE version = '1'",
                "SELECT decision.activate_rule_set('1')",
                "SELECT decision.activate_rule_set('empty')",
                "SELECT decision.activate_rule_set('unknown')"
            })
    void keepsExactlyOneActiveSetThatNeverChanges(String change) {
        database.draft("empty");
        database.draft("next");
        database.addRule("next", "tested", "decline", "true");

        assertThatThrownBy(() -> database.owner.sql(change).update())
                .rootCause()
                .hasMessageMatching("(?s)ERROR: (the rules? |rule set |no rule set |duplicate key .*one_active).*");
        assertThat(decisions.evaluate(payment())).isEqualTo(new Decision("1", new Approved()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO decision.rule VALUES ('1', 'mine', 'false', 'decline', 'mine', 'Mine')",
                "UPDATE decision.rule_set SET status = 'deprecated'",
                "SELECT decision.activate_rule_set('1')",
                "UPDATE decision.sanctions_list SET as_of = now()",
                "DELETE FROM decision.sanction_entry",
                "UPDATE decision.decision SET outcome = 'approved'",
                "UPDATE decision.decision SET reasons = '[]'",
                "DELETE FROM decision.decision",
                "TRUNCATE decision.decision",
                "DELETE FROM decision.limit_window",
                "UPDATE decision.limit_window SET source = 'wal_9'",
                "DELETE FROM decision.limit_release",
                "UPDATE decision.limit_release SET released_at = now()",
                "DELETE FROM decision.limit_source"
            })
    void letsNoRuntimeRoleChangeWhatWasDecided(String change) {
        decisions.evaluate(payment());

        for (DatabaseRole role : List.of(DatabaseRole.WORKER, DatabaseRole.API)) {
            JdbcClient client = JdbcClient.create(database.database.as(role));
            assertThatThrownBy(() -> client.sql(change).update()).rootCause().hasMessageContaining("permission denied");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"decision", "rule", "rule_set", "sanction_entry", "limit_window", "limit_release"})
    void showsTheApiNoTable(String table) {
        JdbcClient client = JdbcClient.create(database.database.as(DatabaseRole.API));

        assertThatThrownBy(() -> client.sql("SELECT count(*) FROM decision." + table)
                        .query()
                        .singleValue())
                .rootCause()
                .hasMessageContaining("permission denied for table " + table);
    }

    private static PaymentFacts from(String customerId, String iban, @Nullable String clientIp, long cents) {
        return new PaymentFacts(
                IdType.PAYMENT.next(),
                "acme",
                "clara",
                customerId,
                "wal_1",
                Money.of(cents, "EUR"),
                "Bäckerei Müller GmbH",
                iban,
                clientIp,
                NOON);
    }

    private Outcome outcome(PaymentFacts facts) {
        return decisions.evaluate(facts).outcome();
    }

    private String inputs(String paymentId) {
        return database.owner
                .sql("SELECT inputs::text FROM decision.decision WHERE payment_id = :paymentId")
                .param("paymentId", paymentId)
                .query(String.class)
                .single();
    }
}
