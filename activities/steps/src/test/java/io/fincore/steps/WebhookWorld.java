package io.fincore.steps;

import io.fincore.outbox.ClientEvents;
import io.fincore.outbox.Deliveries;
import io.fincore.outbox.Delivery;
import io.fincore.outbox.DeliveryQuery;
import io.fincore.outbox.DeliveryQueue;
import io.fincore.outbox.EventDispatcher;
import io.fincore.outbox.NewEndpoint;
import io.fincore.outbox.NewEvent;
import io.fincore.outbox.Outbox;
import io.fincore.outbox.WebhookEndpoint;
import io.fincore.outbox.WebhookEndpoints;
import io.fincore.postgres.DatabaseRole;
import io.fincore.postgres.EmbeddedDatabase;
import io.fincore.providers.WebhookSender;
import io.fincore.providers.WebhookSettings;
import io.fincore.workflows.TaskQueues;
import io.fincore.workflows.client.PayloadKeys;
import io.fincore.workflows.client.TemporalConnection;
import io.fincore.workflows.client.WebhookWaker;
import io.fincore.workflows.webhook.WebhookEndpointWorkflowImpl;
import io.opentelemetry.api.OpenTelemetry;
import io.temporal.testing.TestEnvironmentOptions;
import io.temporal.testing.TestWorkflowEnvironment;
import io.temporal.worker.WorkerOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Webhooks on a real PostgreSQL, with Temporal in memory at the pace of the clock, as a worker wires them. */
final class WebhookWorld implements AutoCloseable {

    final EmbeddedDatabase database = EmbeddedDatabase.create();
    final WebhookEndpoints endpoints = new WebhookEndpoints(database.as(DatabaseRole.API));
    /** For those that answer: a busy machine takes its time. */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    final Deliveries deliveries = new Deliveries(database.as(DatabaseRole.API));
    final Webhooks webhooks;
    final DeliveryQueue queue = new DeliveryQueue(database.as(DatabaseRole.WORKER));
    private final Outbox outbox = new Outbox(database.as(DatabaseRole.WORKER));
    private final WebhookSender sender;
    private final EventDispatcher dispatcher;
    private final TestWorkflowEnvironment temporal =
            TestWorkflowEnvironment.newInstance(TestEnvironmentOptions.newBuilder()
                    .setUseTimeskipping(false)
                    .setWorkflowClientOptions(
                            TemporalConnection.clientOptions("default", PayloadKeys.ephemeral(), OpenTelemetry.noop()))
                    .build());
    private final WebhookWaker waker = new WebhookWaker(temporal.getWorkflowClient());

    /**
     * @param patience how long an endpoint may take for its answer
     * @param slots how many endpoints are delivered to at once
     * @param pauses before each further attempt
     */
    WebhookWorld(Duration patience, int slots, Duration... pauses) {
        sender = new WebhookSender(new WebhookSettings(patience.dividedBy(2), patience, true));
        webhooks = new Webhooks(database.as(DatabaseRole.WORKER), sender, List.of(pauses));
        dispatcher = new EventDispatcher(database.as(DatabaseRole.WORKER), webhooks, Webhooks.CURSOR, 100);
        var worker = temporal.newWorker(
                TaskQueues.WEBHOOKS,
                WorkerOptions.newBuilder()
                        .setUsingVirtualThreads(true)
                        .setMaxConcurrentActivityExecutionSize(slots)
                        .build());
        worker.registerWorkflowImplementationTypes(WebhookEndpointWorkflowImpl.class);
        worker.registerActivitiesImplementations(webhooks.activities());
        temporal.start();
    }

    WebhookEndpoints.Created subscribe(String url, String... types) {
        return endpoints
                .create(new NewEndpoint("acme", "ada", url, null, List.of(types), Map.of()), 100)
                .orElseThrow();
    }

    /** As its owner does by the API. */
    void move(WebhookEndpoint endpoint, String url) {
        endpoints.save(new WebhookEndpoint(
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
                endpoint.updatedAt()));
    }

    /** @return the event's id */
    String happens(String type, String subject) {
        return happens("ada", type, subject);
    }

    String happens(String principal, String type, String subject) {
        return outbox.append(new NewEvent("acme", principal, type, subject, "{\"id\":\"" + subject + "\"}"));
    }

    /** When an event happened. */
    Instant instant(String eventId) {
        return new ClientEvents(database.as(DatabaseRole.API))
                .find("acme", "ada", eventId)
                .orElseThrow()
                .createdAt();
    }

    /** Takes in all events and tells the endpoints' workflows, as the worker's relay does. */
    void dispatch() {
        takeIn();
        webhooks.takeTouched().forEach(waker::wake);
    }

    /** The same in a worker that dies before it could tell anybody. */
    void takeIn() {
        while (dispatcher.dispatchOnce() > 0) {
            // There may be more.
        }
    }

    /** As the worker's sweep does. */
    void sweep() {
        webhooks.overdue(Duration.ZERO).forEach(waker::wake);
    }

    void wake(WebhookEndpoint endpoint) {
        waker.wake(endpoint.id());
    }

    /** In the order in which they were added. */
    List<Delivery> of(WebhookEndpoint endpoint) {
        return deliveries.list(endpoint.id(), new DeliveryQuery(null, null, null, null, null, 1_000)).stream()
                .sorted(Comparator.comparing(Delivery::createdAt).thenComparing(Delivery::id))
                .toList();
    }

    List<String> outcomes(WebhookEndpoint endpoint) {
        return of(endpoint).stream()
                .map(delivery -> delivery.kind() + " " + delivery.status().code() + " " + delivery.attempts() + " "
                        + delivery.responseStatus())
                .toList();
    }

    /** How long after the last attempt the next one is due, and the endpoint is left alone: in whole minutes, without repetition. */
    List<String> waits(WebhookEndpoint endpoint) {
        return JdbcClient.create(database.asSuperuser())
                .sql("""
                    SELECT DISTINCT date_trunc('minute', wait)::text
                      FROM outbox.delivery d JOIN outbox.endpoint e ON e.id = d.endpoint_id,
                           unnest(ARRAY[d.next_attempt_at - d.last_attempt_at, e.resting_until - d.last_attempt_at]) AS wait
                     WHERE e.id = ? AND d.last_attempt_at IS NOT NULL\
                    """)
                .param(endpoint.id())
                .query(String.class)
                .list();
    }

    boolean isSettled(WebhookEndpoint endpoint) {
        return of(endpoint).stream().allMatch(delivery -> delivery.settledAt() != null);
    }

    static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("did not come about within a minute");
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public void close() {
        temporal.close();
        sender.close();
    }
}
