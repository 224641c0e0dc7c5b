package io.fincore.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fincore.api.Api.Reply;
import io.fincore.api.Api.User;
import io.fincore.money.IdType;
import io.fincore.outbox.ClientEvents;
import io.fincore.outbox.NewEvent;
import io.fincore.outbox.Outbox;
import io.fincore.postgres.DatabaseRole;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventsTest {

    private static final String PATH = "/v1/events";

    private final Api api = Platform.sharedApi();
    private final User ada = api.user("ada-" + IdType.REQUEST.next());

    @Test
    void aMovementIsAnEventAtOnce() {
        String wallet = ada.newWallet("EUR", 100);

        Reply list = ada.get(PATH + "?type=deposit.completed");

        assertThat(list.json().path("data")).singleElement().satisfies(event -> {
            assertThat(event.path("object").asText()).isEqualTo("event");
            assertThat(event.path("type").asText()).isEqualTo("deposit.completed");
            assertThat(event.path("subject").asText()).startsWith("txn_");
            assertThat(event.at("/data/wallet").asText()).isEqualTo(wallet);
        });
    }

    @Test
    void isTheDocumentThatWebhooksSendByteForByte() {
        ObjectNode data = Contract.data("payment.completed");
        data.put("b", "Zoë \"").putArray("a").add(new BigDecimal("1.50")).addNull();
        String id = happens(ada, "payment.completed", "pay_1", data);

        Reply read = ada.get(PATH + "/" + id);

        assertThat(read.text())
                .isEqualTo(new ClientEvents(api.platform().database.as(DatabaseRole.API))
                        .find("acme", ada.principal(), id)
                        .orElseThrow()
                        .toJson());
        assertThat(ada.get(PATH).json().at("/data/0")).isEqualTo(read.json());
    }

    @Test
    void listsNewestFirstByTypeSubjectAndTime() {
        Instant begin = Instant.now().minusSeconds(60);
        String first = happens(ada, "payment.created", "pay_1");
        String second = happens(ada, "payment.completed", "pay_1");
        String third = happens(ada, "payment.created", "pay_2");

        assertThat(ids(ada.get(PATH))).containsExactly(third, second, first);
        assertThat(ids(ada.get(PATH + "?limit=1&starting_after=" + third))).containsExactly(second);
        assertThat(ids(ada.get(PATH + "?limit=1&ending_before=" + first))).containsExactly(second);
        assertThat(ids(ada.get(PATH + "?type=payment.created"))).containsExactly(third, first);
        assertThat(ids(ada.get(PATH + "?subject=pay_1"))).containsExactly(second, first);
        assertThat(ids(ada.get(PATH + "?created[gte]=" + begin))).hasSize(3);
        assertThat(ids(ada.get(PATH + "?created[lt]=" + begin))).isEmpty();
        assertThat(ada.get(PATH + "?kind=x").code()).isEqualTo("invalid_parameter");
        assertThat(ada.get(PATH + "?type=payment.complete").code()).isEqualTo("invalid_parameter");
    }

    @Test
    void showsNobodyElsesEventsAndNoAlarmsOfThePlatform() {
        String alarm = happens(ada, "saga.requires_manual_intervention", "pay_1");
        happens(ada, "payment.contradiction", "pay_1");
        happens(ada, "case.assigned", "case_1");
        String own = happens(ada, "payment.created", "pay_1");
        User eve = api.user("eve-" + IdType.REQUEST.next());

        assertThat(ids(ada.get(PATH))).containsExactly(own);
        assertThat(List.of(
                        ada.get(PATH + "/" + alarm).code(),
                        eve.get(PATH + "/" + own).code(),
                        ada.get(PATH + "/evt_nonsense").code()))
                .containsOnly("event_not_found");
        assertThat(eve.get(PATH).json().path("data")).isEmpty();
        assertThat(ada.withScopes("webhooks:manage").get(PATH).code()).isEqualTo("insufficient_scope");
        assertThat(ada.withScopes("payments:read").get(PATH).status()).isEqualTo(200);
    }

    private String happens(User user, String type, String subject) {
        return happens(user, type, subject, Contract.data(type));
    }

    private String happens(User user, String type, String subject, JsonNode data) {
        return new Outbox(api.platform().database.as(DatabaseRole.WORKER))
                .append(new NewEvent("acme", user.principal(), type, subject, data.toString()));
    }

    private static List<String> ids(Reply list) {
        return Api.texts(list.json().path("data"), "id").stream()
                .filter(IdType.EVENT::matches)
                .toList();
    }
}
