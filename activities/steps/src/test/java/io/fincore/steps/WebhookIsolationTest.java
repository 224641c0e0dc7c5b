package io.fincore.steps;

import static org.assertj.core.api.Assertions.assertThat;

import io.fincore.outbox.Delivery;
import io.fincore.outbox.DeliveryStatus;
import io.fincore.outbox.WebhookEndpoint;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What an endpoint does to others that is slow or dead: nothing. */
class WebhookIsolationTest {

    private static final Duration NEVER = Duration.ofDays(1);

    /** Two slots for three endpoints, two of which answer nobody and have more waiting than they would ever get through. */
    @Test
    void endpointsThatAnswerNobodyHoldUpNoOther() {
        CountDownLatch over = new CountDownLatch(1);
        try (WebhookWorld world = new WebhookWorld(Duration.ofSeconds(1), 2, NEVER);
                Receiver hanging = new Receiver();
                Receiver healthy = new Receiver()) {
            hanging.does((exchange, request) -> {
                try {
                    over.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            });
            List<WebhookEndpoint> dead = List.of(
                    world.subscribe(hanging.url(), "payment.created").endpoint(),
                    world.subscribe(hanging.url(), "payment.created").endpoint());
            WebhookEndpoint other =
                    world.subscribe(healthy.url(), "payment.completed").endpoint();
            IntStream.range(0, 100).forEach(i -> world.happens("payment.created", "pay_" + i));
            world.dispatch();
            WebhookWorld.await(() -> hanging.received.size() >= 2);

            IntStream.range(0, 50).forEach(i -> world.happens("payment.completed", "pay_" + i));
            world.dispatch();
            WebhookWorld.await(() -> world.isSettled(other));

            assertThat(world.of(other)).hasSize(50).allMatch(each -> each.status() == DeliveryStatus.SUCCEEDED);
            assertThat(dead)
                    .allSatisfy(each -> assertThat(untried(world.of(each)))
                            .as("the dead one's backlog was not worked off before: it was left alone")
                            .isGreaterThan(80));
            over.countDown();
        }
    }

    private static long untried(List<Delivery> deliveries) {
        return deliveries.stream().filter(each -> each.attempts() == 0).count();
    }
}
