package io.fincore.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.fincore.api.Api.Reply;
import io.fincore.api.Api.User;
import io.fincore.money.IdType;
import io.fincore.workflows.repair.InterventionAction;
import io.fincore.workflows.repair.InterventionCause;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What moves money by a person's word needs another person, and a person is a subject: whatever token, client or roles it comes with. */
class FourEyesTest {

    private final Ground ground = Ground.fresh(Platform.sharedApi());
    private final User oscar = ground.person("oscar");

    /** The same person, elsewhere. */
    static Stream<String> clients() {
        return Stream.of("the-back-office", "a-script");
    }

    @ParameterizedTest
    @MethodSource("clients")
    void nobodyApprovesWhatTheyAskedForThroughAnotherClient(String client) {
        String intervention = ground.intervention();

        Reply own = post(oscar, client, intervention + "/approvals", "{}");
        Reply others = post(ground.person("sofia"), client, intervention + "/approvals", "{}");

        assertThat(own.status()).as(own.text()).isEqualTo(403);
        assertThat(own.code()).isEqualTo("intervention_needs_another_person");
        assertThat(others.status()).as(others.text()).isEqualTo(202);
    }

    @ParameterizedTest
    @MethodSource("clients")
    void nobodyDecidesTheirOwnPaymentThroughAnotherClient(String client) {
        String path = ground.openCase() + "/resolutions";

        Reply own = post(ground.ada(), client, path, "{\"decision\":\"approve\",\"note\":\"mine\"}");
        Reply others = post(ground.person("olga"), client, path, "{\"decision\":\"approve\",\"note\":\"fine\"}");

        assertThat(own.status()).as(own.text()).isEqualTo(403);
        assertThat(own.code()).isEqualTo("case_resolver_is_creator");
        assertThat(others.status()).as(others.text()).isEqualTo(202);
    }

    /** A person with all roles has no more eyes than others. */
    @Test
    void oneAskedForStaysWithoutEffectUntilApproved() {
        String intervention = ground.intervention();
        String saga = intervention.substring(0, intervention.indexOf("/interventions"));

        post(oscar, "the-back-office", intervention + "/approvals", "{}");

        assertThat(oscar.get(intervention).json().path("status").asText()).isEqualTo("requested");
        assertThat(oscar.get(saga).json().path("status").asText()).isEqualTo("REQUIRES_MANUAL_INTERVENTION");
    }

    /** Of all causes: what changes where money goes. Who is verified moves none. */
    @Test
    void resolvingAndCompensatingAlwaysNeedTwo() {
        for (InterventionCause cause : InterventionCause.values()) {
            for (InterventionAction action : cause.possible()) {
                boolean movesMoney = cause != InterventionCause.KYC_REFERRED
                        && List.of(InterventionAction.RESOLVE, InterventionAction.COMPENSATE)
                                .contains(action);
                assertThat(cause.needsSecondPerson(action))
                        .as(cause + " " + action)
                        .isEqualTo(movesMoney);
            }
        }
    }

    private static Reply post(User person, String client, String path, String body) {
        String token = person.api()
                .platform()
                .issuer
                .issueToken(
                        "fincore",
                        client,
                        new DefaultOAuth2TokenCallback(
                                "fincore",
                                person.principal(),
                                "JWT",
                                List.of("fincore-api"),
                                Map.of(
                                        "tenant", person.tenant(),
                                        "scope", person.scopes(),
                                        "roles", person.roles(),
                                        "client_id", client,
                                        "azp", client),
                                60))
                .serialize();
        return person.api()
                .send(person.api()
                        .request(path)
                        .header("Authorization", "Bearer " + token)
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", IdType.REQUEST.next())
                        .POST(java.net.http.HttpRequest.BodyPublishers.ofString(body)));
    }
}
