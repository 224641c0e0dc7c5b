package io.fincore.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fincore.api.Api.Reply;
import io.fincore.api.Api.User;
import io.fincore.money.IdType;
import io.fincore.outbox.DeliveryQueue;
import io.fincore.outbox.DeliveryQueue.Attempted;
import io.fincore.outbox.DeliveryStatus;
import io.fincore.outbox.DueDelivery;
import io.fincore.outbox.EventDispatcher;
import io.fincore.outbox.EventType;
import io.fincore.outbox.NewEvent;
import io.fincore.outbox.Outbox;
import io.fincore.postgres.DatabaseRole;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class WebhooksTest {

    private static final String PATH = "/v1/webhook-endpoints";
    private static final Duration LEASE = Duration.ofMinutes(1);

    private final Api api = Platform.sharedApi();
    private final User ada = api.user("ada-" + IdType.REQUEST.next());
    private final Outbox outbox = new Outbox(api.platform().database.as(DatabaseRole.WORKER));
    private final DeliveryQueue queue =
            new DeliveryQueue(api.platform().database.as(DatabaseRole.WORKER));

    @Test
    void showsTheSecretOnceAndNeverAgain() {
        Reply created = ada.post(PATH, """
            {"url":"https://example.com/hooks?a=b","events":["payment.completed","payment.completed","refund.failed"],
             "description":"book-keeping","metadata":{"team":"blue"}}\
            """);
        JsonNode body = created.json();
        String id = body.path("id").asText();
        Reply read = ada.get(PATH + "/" + id);

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.header("Location")).isEqualTo(PATH + "/" + id);
        assertThat(IdType.WEBHOOK_ENDPOINT.matches(id)).isTrue();
        assertThat(body.path("secret").asText()).matches("whsec_[A-Za-z0-9+/]{43}=");
        assertThat(read.header("ETag")).isEqualTo("\"1\"");
        assertThat(read.json().has("secret")).isFalse();
        assertThat(read.json().path("object").asText()).isEqualTo("webhook_endpoint");
        assertThat(read.json().path("url").asText()).isEqualTo("https://example.com/hooks?a=b");
        assertThat(read.json().path("events")).hasToString("[\"payment.completed\",\"refund.failed\"]");
        assertThat(read.json().path("status").asText()).isEqualTo("enabled");
        assertThat(read.json().path("metadata")).hasToString("{\"team\":\"blue\"}");
        assertThat(ada.get(PATH).json().path("data")).singleElement().isEqualTo(read.json());
    }

    @Test
    void aKeyMakesOneEndpoint() {
        String body = "{\"url\":\"https://example.com\",\"events\":[\"*\"]}";
        Reply first = ada.post(PATH, body, "Idempotency-Key", "only-one");
        Reply again = ada.post(PATH, body, "Idempotency-Key", "only-one");

        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        assertThat(ada.get(PATH).json().path("data")).hasSize(1);
    }

    /** Neither where answers wait for a repetition nor in the log; the repetition gets the same bytes all the same. */
    @Test
    void keepsNoSecretInTheClear() {
        JdbcClient database = JdbcClient.create(api.platform().database.asSuperuser());
        String body = "{\"url\":\"https://example.com\",\"events\":[\"*\"]}";
        String key = IdType.REQUEST.next();
        List<Reply> replies = new ArrayList<>();
        try (Console console = new Console()) {
            replies.add(ada.post(PATH, body, "Idempotency-Key", key));
            replies.add(ada.post(PATH, body, "Idempotency-Key", key));
            String rotation = PATH + "/" + replies.getFirst().json().path("id").asText() + "/secret-rotations";
            replies.add(ada.post(rotation, "{}", "Idempotency-Key", key));
            replies.add(ada.post(rotation, "{}", "Idempotency-Key", key));
            replies.add(ada.post(PATH, body));

            assertThat(console.text()).isNotEmpty().doesNotContain("whsec_");
        }

        assertThat(replies).allSatisfy(reply -> {
            assertThat(reply.status()).isEqualTo(201);
            assertThat(reply.json().path("secret").asText()).startsWith("whsec_");
        });
        for (int first : List.of(0, 2)) {
            assertThat(replies.get(first + 1).text())
                    .isEqualTo(replies.get(first).text());
            assertThat(replies.get(first + 1).header("Idempotent-Replayed")).isEqualTo("true");
            assertThat(replies.get(first + 1).header("Location"))
                    .isEqualTo(replies.get(first).header("Location"));
        }
        assertThat(database.sql("SELECT convert_from(body, 'UTF8') FROM intake.idempotency_key WHERE principal = ?")
                        .param(ada.principal())
                        .query(String.class)
                        .list())
                .hasSize(2)
                .allMatch(stored -> stored.startsWith("sealed:test:"));
        assertThat(database.sql("""
                        SELECT count(*) FROM intake.idempotency_key AS k
                         WHERE k::text LIKE '%whsec%' OR position('whsec_'::bytea IN k.body) > 0""").query(Long.class).single()).isZero();
    }

    @Test
    void aRefusalIsKeptAsItIsAndALostKeyIsTold() {
        JdbcClient database = JdbcClient.create(api.platform().database.asSuperuser());
        String body = "{\"url\":\"https://example.com\",\"events\":[\"*\"]}";
        for (int i = 0; i < 20; i++) {
            endpoint("*");
        }
        Reply refused = ada.post(PATH, body, "Idempotency-Key", "one-more");
        String rotation = PATH + "/" + ada.get(PATH).json().at("/data/0/id").asText() + "/secret-rotations";
        ada.post(rotation, "{}", "Idempotency-Key", "rotated");
        database.sql("""
                        UPDATE intake.idempotency_key
                           SET body = convert_to(replace(convert_from(body, 'UTF8'), 'sealed:test:', 'sealed:gone:'), 'UTF8')
                         WHERE principal = ? AND idempotency_key = 'rotated'""").param(ada.principal()).update();

        assertThat(refused.code()).isEqualTo("too_many_webhook_endpoints");
        assertThat(ada.post(PATH, body, "Idempotency-Key", "one-more").text()).isEqualTo(refused.text());
        assertThat(ada.post(rotation, "{}", "Idempotency-Key", "rotated").code())
                .isEqualTo("idempotency_key_reused");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "example.com",
                "//example.com/",
                "ftp://example.com/",
                "https://",
                "https:///path",
                "https://ada@example.com/",
                "https://ada:secret@example.com/",
                "https://example.com@127.0.0.1/",
                "https://example.com/#part",
                "https://example.com:0/",
                "https://example.com:70000/",
                "https://2130706433/",
                "https://0x7f000001/",
                "https://0x7f.0.0.1/",
                "https://0177.0.0.1/",
                "https://017700000001/",
                "https://127.1/",
                "https://127.0.0.1./",
                "https://127.0.0.256/",
                "https://[fe80::1%25eth0]/",
                "https://exa mple.com/",
                "https://ex\\u00e4mple.com/",
                "http://example.com/"
            })
    void refusesUrlsThatDoNotSayPlainlyWhereTheyLead(String url) {
        Reply refused = ada.post(PATH, "{\"url\":\"" + url + "\",\"events\":[\"*\"]}");

        assertThat(refused.status()).as(url).isEqualTo(400);
        assertThat(refused.code()).isEqualTo("invalid_request");
        assertThat(refused.json().at("/errors/0/pointer").asText()).isEqualTo("/url");
        assertThat(ada.get(PATH).json().path("data")).isEmpty();
    }

    @Test
    void refusesWhatIsNoEndpoint() {
        assertThat(List.of(
                        ada.post(PATH, "{\"url\":\"https://example.com\"}").code(),
                        ada.post(PATH, "{\"url\":\"https://example.com\",\"events\":[]}")
                                .code(),
                        ada.post(PATH, "{\"url\":\"https://example.com\",\"events\":[\"completed\"]}")
                                .code(),
                        ada.post(PATH, "{\"url\":\"https://example.com\",\"events\":[null]}")
                                .code(),
                        ada.post(PATH, "{\"url\":\"https://example.com/" + "x".repeat(2048) + "\",\"events\":[\"*\"]}")
                                .code(),
                        ada.post(PATH, "{\"url\":\"https://example.com\",\"events\":[\"*\"],\"secret\":\"mine\"}")
                                .code()))
                .containsOnly("invalid_request");
    }

    /** Whoever waits for a type that does not exist, or that clients are not sent, waits for ever. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "payment.complete",
                "payments.completed",
                "Payment.Completed",
                "payment.*",
                "**",
                "case.escalated",
                "saga.requires_manual_intervention"
            })
    void refusesTypesThatNoEventHas(String type) {
        String id = endpoint("*");
        String events = "\"events\":[\"payment.failed\",\"" + type + "\"]}";

        for (Reply refused :
                List.of(ada.post(PATH, "{\"url\":\"https://example.com\"," + events), patch(id, "{" + events, "*"))) {
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.code()).isEqualTo("invalid_request");
            assertThat(refused.json().path("errors")).singleElement().satisfies(error -> {
                assertThat(error.path("pointer").asText()).isEqualTo("/events/1");
                assertThat(error.path("detail").asText())
                        .startsWith("must be '*' for all, or one of payment.created, ")
                        .contains(", payment.completed, ", ", transfer.completed")
                        .doesNotContain("saga.", "escalated");
            });
        }
        assertThat(ada.get(PATH).json().path("data"))
                .singleElement()
                .satisfies(left -> assertThat(left.path("events")).hasToString("[\"*\"]"));
    }

    @Test
    void takesEveryTypeThatClientsAreSent() {
        String all = EventType.codesForClients().stream().collect(Collectors.joining("\",\"", "[\"", "\"]"));

        Reply created = ada.post(PATH, "{\"url\":\"https://example.com\",\"events\":" + all + "}");

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.json().path("events")).hasToString(all);
    }

    @Test
    void changesWhatIsNamedAndOnlyTheVersionThatWasRead() {
        String id = endpoint("*");

        Reply changed = patch(id, "{\"url\":\"https://example.org/\",\"events\":[\"payment.failed\"]}", "\"1\"");
        Reply late = patch(id, "{\"description\":\"lost\"}", "\"1\"");
        Reply any = patch(id, "{\"description\":\"books\"}", "*");
        Reply deletedLate = delete(id, "\"1\"");

        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.header("ETag")).isEqualTo("\"2\"");
        assertThat(changed.json().path("url").asText()).isEqualTo("https://example.org/");
        assertThat(late.status()).isEqualTo(412);
        assertThat(late.code()).isEqualTo("precondition_failed");
        assertThat(any.json().path("description").asText()).isEqualTo("books");
        assertThat(any.json().path("events")).hasToString("[\"payment.failed\"]");
        assertThat(deletedLate.status()).isEqualTo(412);
        assertThat(patch(id, "{\"url\":\"http://example.org/\"}", "*").code()).isEqualTo("invalid_request");
        assertThat(patch(id, "{\"status\":\"paused\"}", "*").code()).isEqualTo("invalid_request");
    }

    @Test
    void deletesForGoodAndSkipsWhatWaits() {
        String id = endpoint("*");
        happens("payment.created", "pay_1");
        dispatch();

        assertThat(delete(id, "\"1\"").status()).isEqualTo(204);

        assertThat(delete(id, "*").code()).isEqualTo("webhook_endpoint_not_found");
        assertThat(ada.get(PATH + "/" + id).code()).isEqualTo("webhook_endpoint_not_found");
        assertThat(ada.get(PATH).json().path("data")).isEmpty();
        assertThat(queue.take(id, LEASE)).isEmpty();
        assertThat(JdbcClient.create(api.platform().database.asSuperuser())
                        .sql("SELECT d.status || ' ' || e.status FROM outbox.delivery d"
                                + " JOIN outbox.endpoint e ON e.id = d.endpoint_id WHERE e.id = ?")
                        .param(id)
                        .query(String.class)
                        .list())
                .containsExactly("skipped deleted");
    }

    @Test
    void pausesAndResumes() {
        String id = endpoint("*");
        happens("payment.created", "pay_1");
        dispatch();

        Reply paused = ada.post(PATH + "/" + id + "/pause", "{\"reason\":\"moving house\"}");
        Reply pausedAgain = ada.post(PATH + "/" + id + "/pause", "{}");
        boolean nothingDue = queue.take(id, LEASE).isEmpty();
        Reply resumed = ada.post(PATH + "/" + id + "/resume", "{}");

        assertThat(paused.json().path("status").asText()).isEqualTo("paused");
        assertThat(paused.json().path("status_reason").asText()).isEqualTo("moving house");
        assertThat(pausedAgain.json()).isEqualTo(paused.json());
        assertThat(nothingDue).isTrue();
        assertThat(resumed.json().path("status").asText()).isEqualTo("enabled");
        assertThat(resumed.json().path("status_reason").isNull()).isTrue();
        assertThat(queue.take(id, LEASE)).isPresent();
    }

    @Test
    void rotatesTheSecretAndSignsWithTheNewestTwo() {
        Reply created = ada.post(PATH, "{\"url\":\"https://example.com\",\"events\":[\"*\"]}");
        String id = created.json().path("id").asText();
        String first = created.json().path("secret").asText();
        Reply second = ada.post(PATH + "/" + id + "/secret-rotations", "{}");
        happens("payment.created", "pay_1");
        dispatch();
        List<String> whileTwo = take(id).secrets();
        Reply third = ada.post(PATH + "/" + id + "/secret-rotations", "{}");
        happens("payment.created", "pay_2");
        dispatch();

        assertThat(second.status()).isEqualTo(201);
        assertThat(whileTwo).containsExactly(second.json().path("secret").asText(), first);
        assertThat(take(id).secrets())
                .containsExactly(
                        third.json().path("secret").asText(),
                        second.json().path("secret").asText());
        assertThat(JdbcClient.create(api.platform().database.asSuperuser())
                        .sql("SELECT count(*) FROM outbox.endpoint_secret WHERE endpoint_id = ?"
                                + " AND expires_at BETWEEN clock_timestamp() + interval '23 hours'"
                                + " AND clock_timestamp() + interval '24 hours'")
                        .param(id)
                        .query(Long.class)
                        .single())
                .as("the one before expires in a day")
                .isEqualTo(1);
    }

    @Test
    void listsDeliveriesAndResendsOne() {
        String id = endpoint("*");
        happens("payment.created", "pay_1");
        happens("payment.completed", "pay_2");
        dispatch();
        queue.settle(take(id), DeliveryStatus.SUCCEEDED, new Attempted(200, "fine", null));
        queue.postpone(take(id), Duration.ofHours(1), new Attempted(null, null, "no connection"));
        String path = PATH + "/" + id + "/deliveries";
        JsonNode failing = ada.get(path + "?status=pending").json().at("/data/0");
        JsonNode done = ada.get(path + "?event_type=payment.created").json().at("/data/0");

        Reply again = ada.post(path + "/" + done.path("id").asText() + "/resends", "{}");
        Reply sooner = ada.post(path + "/" + failing.path("id").asText() + "/resends", "{}");

        assertThat(done.path("status").asText()).isEqualTo("succeeded");
        assertThat(done.path("response_status").asInt()).isEqualTo(200);
        assertThat(done.path("response_excerpt").asText()).isEqualTo("fine");
        assertThat(done.path("attempts").asInt()).isEqualTo(1);
        assertThat(failing.path("error").asText()).isEqualTo("no connection");
        assertThat(failing.path("next_attempt_at").isNull()).isFalse();
        assertThat(again.status()).isEqualTo(202);
        assertThat(again.json().path("kind").asText()).isEqualTo("resend");
        assertThat(again.json().path("event")).isEqualTo(done.path("event"));
        assertThat(sooner.json().path("id")).as("it was on its way").isEqualTo(failing.path("id"));
        assertThat(List.of(take(id).id(), take(id).id()))
                .containsExactlyInAnyOrder(
                        again.json().path("id").asText(), failing.path("id").asText());
        assertThat(ada.get(path + "?limit=2").json().path("has_more").asBoolean())
                .isTrue();
        for (String wrong : List.of("?status=lost", "?event_type=payment.complete", "?event=pay_1")) {
            assertThat(ada.get(path + wrong).code()).as(wrong).isEqualTo("invalid_parameter");
        }
        assertThat(ada.post(path + "/" + IdType.DELIVERY.next() + "/resends", "{}")
                        .code())
                .isEqualTo("webhook_delivery_not_found");
    }

    @Test
    void replaysFromATimeForOneThatSubscribedLater() {
        String from = Instant.now().minusSeconds(3600).toString();
        String event = happens("payment.created", "pay_1");
        happens("refund.created", "ref_1");
        dispatch();
        String id = endpoint("payment.created");
        String path = PATH + "/" + id + "/replays";

        Reply replay = ada.post(path, "{\"from\":\"" + from + "\"}");
        Reply none = ada.post(path, "{\"from\":\"" + from + "\",\"to\":\"" + from.replace("20", "20") + "\"}");
        Reply before = ada.post(path, "{\"from\":\"2020-01-01T00:00:00Z\",\"to\":\"2020-01-02T00:00:00Z\"}");

        assertThat(replay.status()).isEqualTo(202);
        assertThat(replay.json().path("object").asText()).isEqualTo("webhook_replay");
        assertThat(replay.json().path("deliveries").asInt()).isEqualTo(1);
        assertThat(none.code()).isEqualTo("invalid_request");
        assertThat(before.json().path("deliveries").asInt()).isZero();
        assertThat(take(id).event().id()).isEqualTo(event);
    }

    /** Of the payment, its refunds and its case; whatever others' endpoints are sent is not told. */
    @Test
    void theTimelineOfAPaymentTellsWhatEndpointsWereSent() {
        User eve = api.user("eve-" + IdType.REQUEST.next());
        eve.post(PATH, "{\"url\":\"https://example.net\",\"events\":[\"*\"]}");
        String payment = ada.order(
                        "/v1/payments",
                        Api.paymentBody(ada.newWallet("EUR", 100_000), 1250, "Settled"),
                        "Prefer",
                        "wait=10")
                .json()
                .path("id")
                .asText();
        String refund = ada.order("/v1/payments/" + payment + "/refunds", "{\"amount\":100}")
                .json()
                .path("id")
                .asText();
        String id = endpoint("*");
        String arrived = happens("payment.completed", payment);
        String waiting = happens("refund.failed", refund);
        outbox.append(new NewEvent("acme", eve.principal(), "payment.completed", payment, "{}"));
        happens("payment.completed", "pay_of_another");
        dispatch();
        queue.settle(take(id), DeliveryStatus.SUCCEEDED, new Attempted(204, "thanks", null));
        queue.postpone(take(id), Duration.ofHours(1), new Attempted(null, null, "no connection"));

        List<JsonNode> entries = timeline(payment, "webhook");

        assertThat(entries).hasSize(2);
        assertThat(entries.getFirst().path("name").asText()).isEqualTo("payment.completed");
        assertThat(entries.getFirst().at("/detail/event").asText()).isEqualTo(arrived);
        assertThat(entries.getFirst().at("/detail/endpoint").asText()).isEqualTo(id);
        assertThat(entries.getFirst().at("/detail/status").asText()).isEqualTo("succeeded");
        assertThat(entries.getFirst().at("/detail/attempts").asInt()).isEqualTo(1);
        assertThat(entries.getFirst().at("/detail/response_status").asInt()).isEqualTo(204);
        assertThat(entries.getLast().at("/detail/event").asText()).isEqualTo(waiting);
        assertThat(entries.getLast().at("/detail/subject").asText()).isEqualTo(refund);
        assertThat(entries.getLast().at("/detail/status").asText()).isEqualTo("pending");
        assertThat(entries.getLast().at("/detail/error").asText()).isEqualTo("no connection");
        assertThat(entries.getLast().at("/detail").has("next_attempt_at")).isTrue();
    }

    private List<JsonNode> timeline(String payment, String kind) {
        JsonNode all = ada.get("/v1/payments/" + payment + "/timeline").json().path("data");
        return StreamSupport.stream(all.spliterator(), false)
                .filter(entry -> entry.path("kind").asText().equals(kind))
                .toList();
    }

    @Test
    void aDisabledEndpointTakesNothingUntilItIsResumed() {
        String id = endpoint("*");
        happens("payment.created", "pay_1");
        dispatch();
        queue.disable(take(id), "The endpoint answered 410 Gone.", new Attempted(410, null, null));
        String delivery =
                ada.get(PATH + "/" + id + "/deliveries").json().at("/data/0/id").asText();

        assertThat(ada.get(PATH + "/" + id).json().path("status").asText()).isEqualTo("disabled");
        assertThat(List.of(
                        ada.post(PATH + "/" + id + "/pause", "{}").code(),
                        ada.post(PATH + "/" + id + "/replays", "{\"from\":\"2020-01-01T00:00:00Z\"}")
                                .code(),
                        ada.post(PATH + "/" + id + "/deliveries/" + delivery + "/resends", "{}")
                                .code()))
                .containsOnly("webhook_endpoint_disabled");
        assertThat(ada.post(PATH + "/" + id + "/resume", "{}")
                        .json()
                        .path("status")
                        .asText())
                .isEqualTo("enabled");
        assertThat(ada.post(PATH + "/" + id + "/replays", "{\"from\":\"2020-01-01T00:00:00Z\"}")
                        .json()
                        .path("deliveries")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void isForThePrincipalItselfWithTheScopeOnly() {
        String id = endpoint("*");
        User eve = api.user("eve-" + IdType.REQUEST.next());
        User reader = ada.withScopes("payments:read");

        assertThat(List.of(
                        eve.get(PATH + "/" + id).code(),
                        eve.get(PATH + "/" + id + "/deliveries").code(),
                        eve.post(PATH + "/" + id + "/pause", "{}").code(),
                        eve.post(PATH + "/" + id + "/secret-rotations", "{}").code(),
                        ada.get(PATH + "/whe_nonsense").code()))
                .containsOnly("webhook_endpoint_not_found");
        assertThat(eve.get(PATH).json().path("data")).isEmpty();
        assertThat(reader.get(PATH).code()).isEqualTo("insufficient_scope");
    }

    /** How long it takes to say no must not tell that there is something; and the owner must not wait for who is told no. */
    @Test
    void aStrangerWaitsForNoOwner() {
        String id = endpoint("*");
        User eve = api.user("eve-" + IdType.REQUEST.next());
        DataSource superuser = api.platform().database.asSuperuser();
        List<String> answers = new ArrayList<>();

        new TransactionTemplate(new JdbcTransactionManager(superuser)).executeWithoutResult(status -> {
            JdbcClient.create(superuser)
                    .sql("SELECT id FROM outbox.endpoint WHERE id = ? FOR UPDATE")
                    .param(id)
                    .query(String.class)
                    .single();
            answers.add(eve.post(PATH + "/" + id + "/pause", "{}").code());
            answers.add(eve.post(PATH + "/" + id + "/replays", "{\"from\":\"2020-01-01T00:00:00Z\"}")
                    .code());
        });

        assertThat(answers).containsOnly("webhook_endpoint_not_found").hasSize(2);
    }

    @Test
    void hasALimit() {
        for (int i = 0; i < 20; i++) {
            endpoint("*");
        }

        Reply oneMore = ada.post(PATH, "{\"url\":\"https://example.com\",\"events\":[\"*\"]}");

        assertThat(oneMore.status()).isEqualTo(409);
        assertThat(oneMore.code()).isEqualTo("too_many_webhook_endpoints");
        assertThat(ada.get(PATH + "?limit=100").json().path("data")).hasSize(20);
    }

    private String endpoint(String type) {
        return ada.post(PATH, "{\"url\":\"https://example.com\",\"events\":[\"" + type + "\"]}")
                .json()
                .path("id")
                .asText();
    }

    private String happens(String type, String subject) {
        return outbox.append(new NewEvent("acme", ada.principal(), type, subject, "{\"id\":\"" + subject + "\"}"));
    }

    /** As the worker does; tests that run at the same time may have done it already. */
    static void dispatch(Api api, DeliveryQueue queue) {
        EventDispatcher dispatcher =
                new EventDispatcher(api.platform().database.as(DatabaseRole.WORKER), queue::add, "webhooks", 1_000);
        while (dispatcher.dispatchOnce() > 0) {
            // There may be more.
        }
    }

    private void dispatch() {
        dispatch(api, queue);
    }

    private DueDelivery take(String endpoint) {
        return queue.take(endpoint, LEASE).orElseThrow();
    }

    private Reply patch(String id, String body, String ifMatch) {
        return api.send(ada.request(PATH + "/" + id)
                .header("Content-Type", "application/json")
                .header("If-Match", ifMatch)
                .method("PATCH", HttpRequest.BodyPublishers.ofString(body)));
    }

    private Reply delete(String id, String ifMatch) {
        return api.send(ada.request(PATH + "/" + id).header("If-Match", ifMatch).DELETE());
    }
}
