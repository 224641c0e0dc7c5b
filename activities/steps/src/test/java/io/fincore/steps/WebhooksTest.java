package io.fincore.steps;

import static io.fincore.steps.Receiver.answer;
import static org.assertj.core.api.Assertions.assertThat;

import io.fincore.outbox.Delivery;
import io.fincore.outbox.EndpointStatus;
import io.fincore.outbox.WebhookEndpoint;
import io.fincore.outbox.WebhookEndpoints.Created;
import io.fincore.steps.Receiver.Received;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** From an event to a client's endpoint and back: workflow, activity and rows. */
class WebhooksTest {

    private static final Duration SOON = Duration.ofMillis(50);

    private final WebhookWorld world = new WebhookWorld(WebhookWorld.PATIENCE, 10, SOON, SOON, SOON);
    private final Receiver receiver = new Receiver();

    @AfterEach
    void close() {
        world.close();
        receiver.close();
    }

    @Test
    void sendsASignedEventOnce() {
        Created created = world.subscribe(receiver.url(), "payment.completed", "payment.failed");
        receiver.does((exchange, request) -> answer(exchange, 200, "thanks\n\u0000a lot"));
        String event = world.happens("payment.completed", "pay_1");

        dispatchAndWait(created.endpoint());

        assertThat(receiver.received).singleElement().satisfies(request -> {
            assertThat(request.path()).isEqualTo("/hook");
            assertThat(request.header("content-type")).isEqualTo("application/json; charset=UTF-8");
            assertThat(request.header("webhook-id")).isEqualTo(event);
            assertThat(request.isSignedWith(created.secret())).isTrue();
            assertThat(request.body())
                    .startsWith("{\"id\":\"" + event + "\",\"object\":\"event\",\"type\":\"payment.completed\","
                            + "\"subject\":\"pay_1\",\"created_at\":\"")
                    .endsWith("\",\"data\":{\"id\": \"pay_1\"}}");
        });
        assertThat(world.of(created.endpoint())).singleElement().satisfies(delivery -> {
            assertThat(delivery.eventId()).isEqualTo(event);
            assertThat(delivery.eventType()).isEqualTo("payment.completed");
            assertThat(delivery.subjectId()).isEqualTo("pay_1");
            assertThat(delivery.responseExcerpt()).isEqualTo("thanks  a lot");
            assertThat(delivery.error()).isNull();
        });
        assertThat(world.outcomes(created.endpoint())).containsExactly("first succeeded 1 200");
        assertThat(world.webhooks.overdue(Duration.ZERO)).isEmpty();
    }

    @Test
    void sendsOnlyWhatTheEndpointHasAskedFor() {
        world.happens("payment.completed", "pay_before");
        WebhookEndpoint some =
                world.subscribe(receiver.url(), "payment.completed").endpoint();
        WebhookEndpoint all = world.subscribe(receiver.url(), "*").endpoint();
        String wanted = world.happens("payment.completed", "pay_1");
        String other = world.happens("payment.failed", "pay_2");
        world.happens("eve", "payment.completed", "pay_of_eve");
        world.happens("saga.requires_manual_intervention", "pay_1");
        world.happens("payment.contradiction", "pay_1");
        world.happens("book.violated", "chk_1");
        world.happens("case.escalated", "case_1");

        dispatchAndWait(some, all);

        assertThat(world.of(some).stream().map(Delivery::eventId)).containsExactly(wanted);
        assertThat(world.of(all).stream().map(Delivery::eventId)).containsExactly(wanted, other);
    }

    @Test
    void repeatsTheSameBytesUntilTheyAreTaken() {
        AtomicInteger elsewhere = new AtomicInteger();
        try (Receiver other = new Receiver()) {
            other.does((exchange, request) -> {
                elsewhere.incrementAndGet();
                answer(exchange, 204, "");
            });
            AtomicInteger calls = new AtomicInteger();
            receiver.does((exchange, request) -> {
                switch (calls.incrementAndGet()) {
                    case 1 -> answer(exchange, 500, "out of order");
                    case 2 -> {
                        exchange.getResponseHeaders().set("Location", other.url());
                        answer(exchange, 307, "");
                    }
                    default -> answer(exchange, 204, "");
                }
            });
            Created created = world.subscribe(receiver.url(), "*");
            String event = world.happens("payment.completed", "pay_1");

            dispatchAndWait(created.endpoint());

            assertThat(receiver.received).hasSize(3);
            assertThat(receiver.received.stream().map(Received::body).distinct())
                    .hasSize(1);
            assertThat(receiver.received)
                    .allSatisfy(
                            request -> assertThat(request.header("webhook-id")).isEqualTo(event))
                    .allMatch(request -> request.isSignedWith(created.secret()));
            assertThat(elsewhere).as("redirects are not followed").hasValue(0);
            assertThat(world.outcomes(created.endpoint())).containsExactly("first succeeded 3 204");
        }
    }

    /** The whole endpoint: other events would meet the same limit. Nobody but its owner makes it sooner. */
    @Test
    void leavesAnEndpointAloneForAsLongAsItAsks() {
        try (WebhookWorld patient = new WebhookWorld(WebhookWorld.PATIENCE, 10, SOON, Duration.ofHours(3))) {
            WebhookEndpoint endpoint = patient.subscribe(receiver.url(), "*").endpoint();
            receiver.does((exchange, request) -> {
                exchange.getResponseHeaders().set("Retry-After", "7200");
                answer(exchange, 503, "");
            });
            patient.happens("payment.created", "pay_1");
            patient.dispatch();
            WebhookWorld.await(() -> patient.outcomes(endpoint).equals(List.of("first pending 1 503")));
            patient.happens("payment.created", "pay_2");
            patient.takeIn();

            assertThat(patient.waits(endpoint)).containsExactly("02:00:00");
            patient.queue.rest(endpoint.id(), SOON, SOON);
            patient.queue.recover(endpoint.id());
            patient.endpoints.save(endpoint);
            assertThat(patient.queue.take(endpoint.id(), Duration.ofMinutes(1))).isEmpty();
            assertThat(patient.queue.nextDue(endpoint.id()))
                    .get(InstanceOfAssertFactories.DURATION)
                    .isGreaterThan(Duration.ofMinutes(110));
            assertThat(patient.webhooks.overdue(Duration.ZERO)).isEmpty();

            receiver.does((exchange, request) -> answer(exchange, 204, ""));
            patient.deliveries.resend(patient.of(endpoint).getFirst());
            patient.sweep();
            WebhookWorld.await(() -> patient.isSettled(endpoint));
            assertThat(patient.outcomes(endpoint)).containsExactly("first succeeded 2 204", "first succeeded 1 204");
        }
    }

    @Test
    void waitsNoLongerThanTheScheduleEverDoes() {
        try (WebhookWorld patient = new WebhookWorld(WebhookWorld.PATIENCE, 10, SOON, Duration.ofHours(3))) {
            WebhookEndpoint endpoint = patient.subscribe(receiver.url(), "*").endpoint();
            receiver.does((exchange, request) -> {
                exchange.getResponseHeaders().set("Retry-After", "999999999999999999");
                answer(exchange, 429, "");
            });
            patient.happens("payment.created", "pay_1");
            patient.dispatch();
            WebhookWorld.await(() -> patient.outcomes(endpoint).equals(List.of("first pending 1 429")));

            assertThat(patient.waits(endpoint)).containsExactly("03:00:00");
        }
    }

    @Test
    void givesUpAfterTheLastAttemptAndGoesOnWithTheNextOfThePayment() {
        receiver.does((exchange, request) ->
                answer(exchange, request.body().contains("payment.created") ? 400 : 204, "not that one"));
        WebhookEndpoint endpoint = world.subscribe(receiver.url(), "*").endpoint();
        world.happens("payment.created", "pay_1");
        world.happens("payment.completed", "pay_1");

        dispatchAndWait(endpoint);

        assertThat(world.outcomes(endpoint)).containsExactly("first failed 4 400", "first succeeded 1 204");
        assertThat(world.of(endpoint).getFirst().responseExcerpt()).isEqualTo("not that one");
    }

    @Test
    void keepsTheOrderOfEachPaymentWithoutGaps() {
        Set<String> met = ConcurrentHashMap.newKeySet();
        List<String> taken = java.util.Collections.synchronizedList(new ArrayList<>());
        AtomicInteger calls = new AtomicInteger();
        receiver.does((exchange, request) -> {
            // Every second event is refused when it comes first; never three in a row.
            if (met.add(request.header("webhook-id")) && calls.incrementAndGet() % 2 == 0) {
                answer(exchange, 503, "");
            } else {
                taken.add(request.header("webhook-id"));
                answer(exchange, 204, "");
            }
        });
        WebhookEndpoint endpoint = world.subscribe(receiver.url(), "*").endpoint();
        Map<String, List<String>> sent = new java.util.HashMap<>();
        for (int i = 0; i < 40; i++) {
            String subject = "pay_" + i % 4;
            sent.computeIfAbsent(subject, none -> new ArrayList<>()).add(world.happens("payment.completed", subject));
        }

        dispatchAndWait(endpoint);

        sent.forEach((subject, events) ->
                assertThat(taken.stream().filter(events::contains)).as(subject).containsExactlyElementsOf(events));
        assertThat(world.of(endpoint))
                .hasSize(40)
                .allMatch(delivery -> delivery.status() == io.fincore.outbox.DeliveryStatus.SUCCEEDED);
    }

    @Test
    void disablesAnEndpointThatIsGone() {
        receiver.does((exchange, request) -> answer(exchange, 410, ""));
        WebhookEndpoint endpoint = world.subscribe(receiver.url(), "*").endpoint();
        world.happens("payment.created", "pay_1");
        world.happens("payment.completed", "pay_1");

        dispatchAndWait(endpoint);
        world.happens("payment.refunded", "pay_1");
        world.dispatch();

        assertThat(receiver.received).hasSize(1);
        assertThat(world.outcomes(endpoint)).containsExactly("first failed 1 410", "first skipped 0 null");
        assertThat(world.endpoints.find("acme", "ada", endpoint.id())).get().satisfies(now -> {
            assertThat(now.status()).isEqualTo(EndpointStatus.DISABLED);
            assertThat(now.statusReason()).isEqualTo("The endpoint answered 410 Gone.");
            assertThat(now.version()).isEqualTo(2);
        });
    }

    /** Its owner has moved while it was called: the place that is gone is not theirs any more. */
    @Test
    void aLateGoneDisablesNothingThatHasMovedMeanwhile() {
        try (Receiver other = new Receiver()) {
            WebhookEndpoint endpoint = world.subscribe(receiver.url(), "*").endpoint();
            receiver.does((exchange, request) -> {
                world.move(endpoint, other.url());
                answer(exchange, 410, "");
            });
            String first = world.happens("payment.created", "pay_1");
            String second = world.happens("payment.completed", "pay_1");

            dispatchAndWait(endpoint);

            assertThat(receiver.received).hasSize(1);
            assertThat(other.received.stream().map(request -> request.header("webhook-id")))
                    .containsExactly(first, second);
            assertThat(world.outcomes(endpoint)).containsExactly("first succeeded 2 204", "first succeeded 1 204");
            assertThat(world.endpoints.find("acme", "ada", endpoint.id()))
                    .get()
                    .satisfies(now -> assertThat(now.status()).isEqualTo(EndpointStatus.ENABLED));
        }
    }

    @Test
    void aPausedEndpointGetsEverythingLater() {
        WebhookEndpoint endpoint = world.subscribe(receiver.url(), "*").endpoint();
        world.endpoints.save(endpoint.with(EndpointStatus.PAUSED, null));
        String first = world.happens("payment.created", "pay_1");
        String second = world.happens("payment.completed", "pay_1");
        world.dispatch();
        world.sweep();
        WebhookEndpoint healthy = world.subscribe(receiver.url(), "*").endpoint();
        String third = world.happens("payment.refunded", "pay_1");
        dispatchAndWait(healthy);
        assertThat(receiver.received).as("the healthy one's").hasSize(1);

        world.endpoints.save(endpoint.with(EndpointStatus.ENABLED, null));
        world.sweep();
        WebhookWorld.await(() -> world.isSettled(endpoint));

        assertThat(receiver.received.stream().skip(1).map(request -> request.header("webhook-id")))
                .containsExactly(first, second, third);
    }

    @Test
    void tellsWhyAnEndpointGaveNoAnswer() throws InterruptedException {
        CountDownLatch over = new CountDownLatch(1);
        receiver.does((exchange, request) -> awaitQuietly(over));
        Receiver stopped = new Receiver();
        stopped.close();
        try (WebhookWorld hasty = new WebhookWorld(Duration.ofSeconds(1), 10, SOON)) {
            WebhookEndpoint slow = hasty.subscribe(receiver.url(), "*").endpoint();
            WebhookEndpoint down = hasty.subscribe(stopped.url(), "*").endpoint();
            hasty.happens("payment.completed", "pay_1");

            hasty.dispatch();
            WebhookWorld.await(() -> hasty.of(slow).getFirst().error() != null
                    && hasty.of(down).getFirst().error() != null);

            assertThat(hasty.of(slow).getFirst().error()).isEqualTo("no answer within 1000 ms");
            assertThat(hasty.of(slow).getFirst().responseStatus()).isNull();
            assertThat(hasty.of(down).getFirst().error()).isEqualTo("no connection");
        } finally {
            over.countDown();
        }
    }

    @Test
    void signsWithBothSecretsWhileTheyAreRotated() {
        Created created = world.subscribe(receiver.url(), "*");
        String second = world.endpoints.rotate(created.endpoint().id());
        world.happens("payment.created", "pay_1");
        dispatchAndWait(created.endpoint());
        String third = world.endpoints.rotate(created.endpoint().id());
        world.happens("payment.completed", "pay_1");
        dispatchAndWait(created.endpoint());

        Received while2 = receiver.received.get(0);
        Received while3 = receiver.received.get(1);
        assertThat(while2.isSignedWith(created.secret())).isTrue();
        assertThat(while2.isSignedWith(second)).isTrue();
        assertThat(while3.isSignedWith(second)).isTrue();
        assertThat(while3.isSignedWith(third)).isTrue();
        assertThat(while3.isSignedWith(created.secret()))
                .as("never more than two at a time")
                .isFalse();
    }

    @Test
    void replaysForOneThatSubscribedLater() {
        Instant from = Instant.now().minusSeconds(5);
        String first = world.happens("payment.created", "pay_1");
        String second = world.happens("payment.completed", "pay_1");
        world.happens("case.opened", "case_1");
        world.happens("eve", "payment.created", "pay_2");
        world.takeIn();
        WebhookEndpoint late = world.subscribe(receiver.url(), "payment.created", "payment.completed")
                .endpoint();

        OptionalInt added = world.deliveries.replay(late, from, Instant.now().plusSeconds(5));
        OptionalInt again = world.deliveries.replay(late, from, Instant.now().plusSeconds(5));
        world.wake(late);
        WebhookWorld.await(() -> world.isSettled(late));

        assertThat(added).hasValue(2);
        assertThat(again).as("what is on its way is not sent twice").hasValue(0);
        assertThat(receiver.received.stream().map(request -> request.header("webhook-id")))
                .containsExactly(first, second);
        assertThat(world.outcomes(late)).containsExactly("replay succeeded 1 204", "replay succeeded 1 204");
    }

    /** From the very instant of the first, up to that of the last, which is not among them; handed on to others already or not. */
    @Test
    void replaysExactlyWhatHappenedInASpanOfTime() {
        String first = world.happens("payment.created", "pay_1");
        world.takeIn();
        String second = world.happens("payment.processing", "pay_1");
        String third = world.happens("payment.completed", "pay_1");
        WebhookEndpoint endpoint = world.subscribe(receiver.url(), "*").endpoint();

        OptionalInt added = world.deliveries.replay(endpoint, world.instant(first), world.instant(third));
        world.wake(endpoint);
        WebhookWorld.await(() -> world.isSettled(endpoint));

        assertThat(added).hasValue(2);
        assertThat(receiver.received.stream().map(request -> request.header("webhook-id")))
                .containsExactly(first, second);
    }

    @Test
    void resendsOneUnderTheSameId() {
        WebhookEndpoint endpoint = world.subscribe(receiver.url(), "*").endpoint();
        String event = world.happens("payment.created", "pay_1");
        dispatchAndWait(endpoint);

        Delivery resend = world.deliveries.resend(world.of(endpoint).getFirst());
        world.sweep();
        WebhookWorld.await(() -> world.isSettled(endpoint));

        assertThat(resend.kind()).isEqualTo("resend");
        assertThat(world.outcomes(endpoint)).containsExactly("first succeeded 1 204", "resend succeeded 1 204");
        assertThat(receiver.received.stream().map(request -> request.header("webhook-id")))
                .containsExactly(event, event);
        assertThat(receiver.received.stream().map(Received::body).distinct()).hasSize(1);
    }

    @Test
    void aLostSignalLosesNothing() {
        WebhookEndpoint endpoint = world.subscribe(receiver.url(), "*").endpoint();
        world.happens("payment.created", "pay_1");
        world.takeIn();
        assertThat(world.webhooks.overdue(Duration.ofMinutes(1))).isEmpty();

        world.sweep();
        WebhookWorld.await(() -> world.isSettled(endpoint));

        assertThat(world.outcomes(endpoint)).containsExactly("first succeeded 1 204");
    }

    private void dispatchAndWait(WebhookEndpoint... endpoints) {
        world.dispatch();
        for (WebhookEndpoint endpoint : endpoints) {
            WebhookWorld.await(() -> world.isSettled(endpoint));
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
