package io.fincore.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fincore.outbox.DeliveryQueue.Attempted;
import io.fincore.postgres.DatabaseRole;
import io.fincore.postgres.EmbeddedDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class DeliveryQueueTest {

    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final Attempted GONE = new Attempted(410, null, null);

    private final EmbeddedDatabase database = EmbeddedDatabase.create();
    private final DataSource api = database.as(DatabaseRole.API);
    private final DataSource worker = database.as(DatabaseRole.WORKER);
    private final WebhookEndpoints endpoints = new WebhookEndpoints(api);
    private final Deliveries deliveries = new Deliveries(api);
    private final Outbox outbox = new Outbox(worker);
    private final DeliveryQueue queue = new DeliveryQueue(worker);

    @Test
    void nothingIsOverdueThatWaitsForSomethingEarlierOfItsSubject() {
        WebhookEndpoint endpoint = subscribe();
        happens("pay_1");
        happens("pay_1");
        dispatch();
        queue.postpone(take(endpoint), Duration.ofHours(1), new Attempted(500, null, null));

        assertThat(queue.take(endpoint.id(), LEASE)).isEmpty();
        assertThat(queue.overdue(Duration.ZERO)).isEmpty();

        endpoints.bringForward(endpoint.id());
        assertThat(queue.overdue(Duration.ZERO)).containsExactly(endpoint.id());
        assertThat(queue.take(endpoint.id(), LEASE)).isPresent();
    }

    @Test
    void somethingOfAnotherSubjectIsOverdue() {
        WebhookEndpoint endpoint = subscribe();
        happens("pay_1");
        dispatch();
        queue.postpone(take(endpoint), Duration.ofHours(1), new Attempted(500, null, null));
        happens("pay_2");
        dispatch();

        assertThat(queue.overdue(Duration.ZERO)).containsExactly(endpoint.id());
    }

    /** One cursor is for all clients: it is not to wait because one of them has asked for a lot. */
    @Test
    void eventsReachAnEndpointWhileItsOwnerReplays() {
        WebhookEndpoint endpoint = subscribe();
        String before = happens("pay_1");
        dispatch();
        queue.settle(take(endpoint), DeliveryStatus.SUCCEEDED, new Attempted(204, null, null));
        happens("pay_1");
        Event meanwhile = undispatched();

        inTransaction(api, () -> {
            lockForDeliveries(endpoint);
            assertThat(replay(endpoint)).as("the other one comes by itself").hasValue(1);
            addImpatiently(meanwhile);
        });

        assertThat(lines(endpoint))
                .containsExactlyInAnyOrder(
                        "first succeeded " + before, "replay pending " + before, "first pending " + meanwhile.id());
    }

    @Test
    void eventsReachAnEndpointWhileItsOwnerResends() {
        WebhookEndpoint endpoint = subscribe();
        String before = happens("pay_1");
        dispatch();
        queue.settle(take(endpoint), DeliveryStatus.FAILED, new Attempted(400, null, null));
        queue.rest(endpoint.id(), Duration.ofHours(1), Duration.ofHours(1));
        happens("pay_1");
        Event meanwhile = undispatched();

        inTransaction(api, () -> {
            lockForDeliveries(endpoint);
            deliveries.resend(list(endpoint).getFirst());
            addImpatiently(meanwhile);
        });

        assertThat(lines(endpoint))
                .containsExactlyInAnyOrder(
                        "first failed " + before, "resend pending " + before, "first pending " + meanwhile.id());
        assertThat(queue.take(endpoint.id(), LEASE)).as("it rests no more").isPresent();
    }

    /** What nobody will dispatch to it: it was not there. */
    @Test
    void aReplayBringsWhatHappenedBeforeTheEndpointDispatchedOrNot() {
        happens("pay_1");
        dispatch();
        happens("pay_1");
        WebhookEndpoint endpoint = subscribe();

        inTransaction(api, () -> {
            lockForDeliveries(endpoint);
            assertThat(replay(endpoint)).hasValue(2);
        });
        dispatch();

        assertThat(list(endpoint)).hasSize(2).allMatch(each -> each.kind().equals("replay"));
    }

    /** Otherwise something would wait for an endpoint that nothing is sent to any more. */
    @Test
    void eventsWaitForWhoeverEndsAnEndpoint() {
        WebhookEndpoint deleted = subscribe();
        happens("pay_1");
        Event event = undispatched();
        inTransaction(api, () -> {
            assertThat(endpoints.lock(deleted.tenant(), deleted.principal(), deleted.id()))
                    .isPresent();
            endpoints.delete(deleted.id());
            assertThatThrownBy(() -> addImpatiently(event)).hasMessageContaining("lock timeout");
        });
        WebhookEndpoint gone = subscribe();
        happens("pay_2");
        dispatch();
        happens("pay_2");
        Event next = undispatched();
        DueDelivery due = take(gone);
        inTransaction(worker, () -> {
            assertThat(queue.disable(due, "gone", GONE)).isTrue();
            assertThatThrownBy(() -> addImpatiently(next)).hasMessageContaining("lock timeout");
        });

        assertThat(queue.add(event)).isEmpty();
        assertThat(queue.add(next)).isEmpty();
        assertThat(list(deleted)).isEmpty();
    }

    @Test
    void whoIsGoneLosesWhatWaits() {
        WebhookEndpoint endpoint = subscribe();
        String first = happens("pay_1");
        String second = happens("pay_1");
        dispatch();

        assertThat(queue.disable(take(endpoint), "gone", GONE)).isTrue();

        assertThat(lines(endpoint)).containsExactlyInAnyOrder("first failed " + first, "first skipped " + second);
        assertThat(find(endpoint).status()).isEqualTo(EndpointStatus.DISABLED);
    }

    /** Its owner has another one by now, or has repaired this one, and what waits for it is not to be lost. */
    @Test
    void anEndpointThatWasChangedSinceIsNotGone() {
        WebhookEndpoint endpoint = subscribe();
        happens("pay_1");
        happens("pay_2");
        dispatch();
        DueDelivery first = take(endpoint);
        endpoints.save(at("https://example.org/", endpoint));
        WebhookEndpoint moved = find(endpoint);
        DueDelivery second = take(endpoint);

        assertThat(queue.disable(first, "gone", GONE)).isFalse();
        assertThat(find(endpoint)).isEqualTo(moved);
        assertThat(list(endpoint)).hasSize(2).allMatch(each -> each.status() == DeliveryStatus.PENDING);

        endpoints.save(moved.with(EndpointStatus.PAUSED, null));
        endpoints.save(moved.with(EndpointStatus.ENABLED, null));
        assertThat(queue.disable(second, "gone", GONE)).isFalse();
        assertThat(find(endpoint).status()).isEqualTo(EndpointStatus.ENABLED);
    }

    private WebhookEndpoint subscribe() {
        return endpoints
                .create(new NewEndpoint("acme", "ada", "https://example.com/", null, List.of("*"), Map.of()), 100)
                .orElseThrow()
                .endpoint();
    }

    private WebhookEndpoint find(WebhookEndpoint endpoint) {
        return endpoints.find("acme", "ada", endpoint.id()).orElseThrow();
    }

    private static WebhookEndpoint at(String url, WebhookEndpoint endpoint) {
        return new WebhookEndpoint(
                endpoint.id(),
                endpoint.tenant(),
                endpoint.principal(),
                url,
                endpoint.description(),
                endpoint.types(),
                endpoint.status(),
                endpoint.statusReason(),
                endpoint.metadata(),
                endpoint.version(),
                endpoint.createdAt(),
                endpoint.updatedAt());
    }

    private String happens(String subject) {
        return outbox.append(new NewEvent("acme", "ada", "payment.processing", subject, "{}"));
    }

    private void dispatch() {
        new EventDispatcher(worker, queue::add, "webhooks", 100).dispatchOnce();
    }

    /** The newest event, as a dispatcher has it before it has handed it over. */
    private Event undispatched() {
        List<Event> events = new ArrayList<>();
        new EventDispatcher(worker, events::add, "looks-only-" + System.nanoTime(), 100).dispatchOnce();
        return events.getLast();
    }

    /** As the dispatcher does, whose patience ends as well. */
    private void addImpatiently(Event event) {
        TransactionTemplate own = new TransactionTemplate(new JdbcTransactionManager(worker));
        own.setPropagationBehavior(TransactionTemplate.PROPAGATION_REQUIRES_NEW);
        own.executeWithoutResult(status -> {
            JdbcClient.create(worker).sql("SET LOCAL lock_timeout = '1s'").update();
            queue.add(event);
        });
    }

    private void lockForDeliveries(WebhookEndpoint endpoint) {
        assertThat(endpoints.lockForDeliveries(endpoint.tenant(), endpoint.principal(), endpoint.id()))
                .isPresent();
    }

    private OptionalInt replay(WebhookEndpoint endpoint) {
        return deliveries.replay(
                endpoint, Instant.now().minusSeconds(3600), Instant.now().plusSeconds(3600));
    }

    private DueDelivery take(WebhookEndpoint endpoint) {
        return queue.take(endpoint.id(), LEASE).orElseThrow();
    }

    private List<Delivery> list(WebhookEndpoint endpoint) {
        return deliveries.list(endpoint.id(), new DeliveryQuery(null, null, null, null, null, 100));
    }

    private List<String> lines(WebhookEndpoint endpoint) {
        return list(endpoint).stream()
                .map(each -> each.kind() + " " + each.status().code() + " " + each.eventId())
                .toList();
    }

    private static void inTransaction(DataSource dataSource, Runnable action) {
        new TransactionTemplate(new JdbcTransactionManager(dataSource)).executeWithoutResult(status -> action.run());
    }
}
