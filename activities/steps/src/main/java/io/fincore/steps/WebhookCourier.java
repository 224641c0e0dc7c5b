package io.fincore.steps;

import io.fincore.outbox.DeliveryQueue;
import io.fincore.outbox.DeliveryQueue.Attempted;
import io.fincore.outbox.DeliveryStatus;
import io.fincore.outbox.DueDelivery;
import io.fincore.providers.WebhookAnswer;
import io.fincore.providers.WebhookAnswer.Responded;
import io.fincore.providers.WebhookAnswer.Unanswered;
import io.fincore.providers.WebhookMessage;
import io.fincore.providers.WebhookSender;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries out one delivery after the other. No database connection is held while an endpoint is called. */
final class WebhookCourier {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookCourier.class);

    /** Longer than any call: an attempt that is older was lost with its process. */
    private static final Duration LEASE = Duration.ofMinutes(2);

    private final DeliveryQueue queue;
    private final WebhookSender sender;
    private final WebhookRetries retries;

    WebhookCourier(DeliveryQueue queue, WebhookSender sender, WebhookRetries retries) {
        this.queue = queue;
        this.sender = sender;
        this.retries = retries;
    }

    Optional<DueDelivery> take(String endpointId) {
        return queue.take(endpointId, LEASE);
    }

    /** @return whether it has arrived */
    boolean attempt(DueDelivery due) {
        WebhookAnswer answer = sender.send(
                new WebhookMessage(due.url(), due.event().id(), due.event().toJson(), due.secrets()));
        switch (answer) {
            case Responded response -> {
                Attempted attempted = new Attempted(response.status(), response.excerpt(), null);
                if (response.isSuccess()) {
                    queue.settle(due, DeliveryStatus.SUCCEEDED, attempted);
                    return true;
                }
                if (response.isGone() && queue.disable(due, "The endpoint answered 410 Gone.", attempted)) {
                    LOG.info("endpoint {} is gone and disabled", due.endpointId());
                } else {
                    putOff(due, leaveAlone(due, response.retryAfter()), attempted);
                }
            }
            case Unanswered none -> putOff(due, Duration.ZERO, new Attempted(null, null, none.detail()));
        }
        return false;
    }

    /** Before anything else is taken for the endpoint: it has asked for time. */
    private Duration leaveAlone(DueDelivery due, @Nullable Duration asked) {
        if (asked == null || !asked.isPositive()) {
            return Duration.ZERO;
        }
        Duration granted = shorter(asked, retries.longest());
        queue.leaveAlone(due.endpointId(), granted);
        return granted;
    }

    private void putOff(DueDelivery due, Duration atLeast, Attempted attempted) {
        retries.after(due.attempt())
                .ifPresentOrElse(pause -> queue.postpone(due, longer(pause, atLeast), attempted), () -> {
                    LOG.info("delivery {} has failed after {} attempts", due.id(), due.attempt());
                    queue.settle(due, DeliveryStatus.FAILED, attempted);
                });
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}
