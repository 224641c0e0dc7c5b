package io.fincore.decision;

import static io.fincore.decision.DecisionDatabase.payment;
import static io.fincore.decision.DecisionDatabase.paymentTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fincore.decision.Outcome.Approved;
import io.fincore.decision.Outcome.Declined;
import io.fincore.decision.Outcome.Review;
import io.fincore.money.IdType;
import io.fincore.money.Money;
import io.fincore.postgres.DatabaseRole;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SanctionsTest {

    private static final Reason NAME = new Reason("sanctioned_name", "The creditor's name is on a sanctions list");
    private static final Reason SIMILAR =
            new Reason("sanctioned_name", "The creditor's name contains a name on a sanctions list");
    private static final Reason UNREADABLE =
            new Reason("sanctioned_name", "The creditor's name has no letters to be compared with the sanctions lists");
    private static final Reason STALE =
            new Reason("sanctions_list_stale", "A sanctions list was not renewed for more than 30 days");

    private final DecisionDatabase database = new DecisionDatabase();
    private final Decisions decisions = new Decisions(database.worker);
    private final SanctionsLists lists = new SanctionsLists(database.database.as(DatabaseRole.OWNER));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Blocked Person Ltd",
                "person blocked, LIMITED",
                "Blocked.Person.Ltd",
                "Zofie Nezadouci",
                "SOCIETE INTERDITE SA"
            })
    void declinesASanctionedName(String name) {
        PaymentFacts facts = paymentTo(name);

        assertThat(decisions.evaluate(facts)).isEqualTo(new Decision("1", new Declined(List.of(NAME))));
        assertThat(database.row(facts.paymentId()))
                .containsEntry("outcome", "declined")
                .containsEntry("reserved", false);
        assertThat(database.reserved()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Blocked Person Ltd, London", "Mr. Société Interdite S. A. (S.A.)", "Holding of Zofie Nezadouci"
            })
    void hasANameReviewedThatContainsASanctionedOne(String name) {
        assertThat(outcome(name)).isEqualTo(new Review(List.of(SIMILAR)));
        assertThat(database.reserved()).containsExactly("wal_1 EUR 1 1250");
    }

    @ParameterizedTest
    @ValueSource(strings = {"🙂🙂", "---"})
    void hasANameReviewedThatCannotBeCompared(String name) {
        assertThat(outcome(name)).isEqualTo(new Review(List.of(UNREADABLE)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Unblocked Person Ltd", "Person Ltd", "Zofie", "Blocked Limited"})
    void approvesOtherNames(String name) {
        assertThat(outcome(name)).isEqualTo(new Approved());
    }

    @Test
    void declinesASanctionedCountry() {
        PaymentFacts facts = new PaymentFacts(
                IdType.PAYMENT.next(),
                "acme",
                "clara",
                "cus_1",
                "wal_1",
                Money.of(1250, "EUR"),
                "Blocked Person Ltd",
                "BY13NBRB3600900000002Z00AB00",
                null,
                DecisionDatabase.NOON);

        assertThat(decisions.evaluate(facts).outcome())
                .isEqualTo(new Declined(List.of(
                        new Reason("sanctioned_country", "The creditor's account is in a sanctioned country"), NAME)));
    }

    @Test
    void comparesWithTheListThatIsThereNow() {
        lists.replace(list("test", Instant.now(), "Newly Listed"));

        assertThat(outcome("Newly Listed")).isEqualTo(new Declined(List.of(NAME)));
        assertThat(outcome("Blocked Person Ltd")).isEqualTo(new Approved());
    }

    @Test
    void takesAOneWordNameForSimilarOnlyIfItIsTheWholeName() {
        lists.replace(list("test", Instant.now(), "Ali"));

        assertThat(outcome("Ali Baker")).isEqualTo(new Approved());
        assertThat(outcome("ALI")).isEqualTo(new Declined(List.of(NAME)));
    }

    @Test
    void hasPaymentsReviewedWhileAListIsStale() {
        lists.replace(list("second", Instant.now().minus(Duration.ofDays(31)).minus(Duration.ofHours(1)), "Any Body"));
        assertThat(outcome("Bäckerei Müller")).isEqualTo(new Review(List.of(STALE)));

        lists.replace(list("second", Instant.now().minus(Duration.ofDays(29)), "Any Body"));
        assertThat(outcome("Bäckerei Müller")).isEqualTo(new Approved());
    }

    @Test
    void takesNoListAtAllForAStaleOne() {
        lists.remove("test");

        assertThat(decisions.evaluate(payment()).outcome()).isEqualTo(new Review(List.of(STALE)));
    }

    @Test
    void seededEntriesAreNormalisedAsNamesAre() {
        List<String> seeded = database.owner
                .sql("SELECT text, keys, words FROM decision.sanction_entry WHERE kind = 'name'")
                .query((row, number) -> {
                    NormalisedName normalised = NormalisedName.of(row.getString("text"));
                    assertThat(Arrays.asList((String[]) row.getArray("keys").getArray()))
                            .isEqualTo(normalised.keys());
                    assertThat(Arrays.asList((String[]) row.getArray("words").getArray()))
                            .isEqualTo(normalised.words());
                    return row.getString("text");
                })
                .list();
        assertThat(seeded).containsExactlyInAnyOrder("Blocked Person Ltd", "Žofie Nežádoucí", "Société Interdite S.A.");
    }

    @Test
    void refusesAListThatCouldNotMatch() {
        assertThatThrownBy(() -> list("test", Instant.now(), "…")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new SanctionsList("test", "Test", Instant.now(), Set.of(), Set.of("ZZ")))
                .hasMessageContaining("'ZZ'");
    }

    private static SanctionsList list(String id, Instant asOf, String name) {
        return new SanctionsList(id, "For this test", asOf, Set.of(name), Set.of());
    }

    private Outcome outcome(String creditorName) {
        return decisions.evaluate(paymentTo(creditorName)).outcome();
    }
}
