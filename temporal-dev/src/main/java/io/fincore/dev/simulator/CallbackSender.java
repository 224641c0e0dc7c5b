package io.fincore.dev.simulator;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers the callbacks that the book says are owed, each until it is answered by 2xx. What is owed stands in the journal, so that a
 * restarted simulator goes on.
 */
final class CallbackSender implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CallbackSender.class);

    private static final Duration SHORTEST_WAIT = Duration.ofMillis(200);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final Book book;
    private final Recipient bankEvents;
    private final Recipient kycEvents;
    private final Clock clock;
    private final ExecutorService background;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();

    CallbackSender(Book book, Recipient bankEvents, Recipient kycEvents, ExecutorService background, Clock clock) {
        this.book = book;
        this.bankEvents = bankEvents;
        this.kycEvents = kycEvents;
        this.background = background;
        this.clock = clock;
    }

    /** Whom callbacks go to. */
    record Recipient(URI url, WebhookSecret secret) {}

    /** Delivers what the entry owes, in a thread of its own. */
    void deliver(Entry entry) {
        begin(entry);
    }

    /** Delivers what the entry owes, and waits until that is done or the time has passed; then it goes on by itself. */
    void deliver(Entry entry, Duration atMost) throws InterruptedException {
        boolean delivered = begin(entry).await(atMost.toMillis(), TimeUnit.MILLISECONDS);
        LOG.debug("{}: callback delivered before the answer: {}", entry.order().id(), delivered);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    /** @return reaches zero when nothing is owed any more */
    private CountDownLatch begin(Entry entry) {
        Callback callback = entry.callback();
        CountDownLatch owed = new CountDownLatch(entry.callbacksOwed() - entry.callbacksDelivered());
        if (callback != null && owed.getCount() > 0) {
            background.execute(() -> deliverAll(entry, callback, owed));
        }
        return owed;
    }

    private void deliverAll(Entry entry, Callback callback, CountDownLatch owed) {
        String id = entry.order().id();
        String body = body(entry, callback);
        try {
            while (owed.getCount() > 0) {
                Duration wait = SHORTEST_WAIT;
                while (!attempt(entry, callback, body)) {
                    Thread.sleep(wait);
                    Duration doubled = wait.multipliedBy(2);
                    wait = doubled.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : doubled;
                }
                book.change(id, known -> List.of(new JournalEntry.CallbackDelivered(id)));
                owed.countDown();
            }
        } catch (InterruptedException stopping) {
            LOG.info("callback {} stays owed", callback.eventId());
        }
    }

    /** @return whether the receiver took it */
    private boolean attempt(Entry entry, Callback callback, String body) throws InterruptedException {
        Instant now = clock.instant();
        Recipient recipient = entry.order() instanceof Check ? kycEvents : bankEvents;
        HttpRequest.Builder request = HttpRequest.newBuilder(recipient.url())
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .header("webhook-id", callback.eventId())
                .header("webhook-timestamp", Long.toString(now.getEpochSecond()))
                .header("webhook-signature", recipient.secret().sign(callback.eventId(), now, body))
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (entry.traceParent() != null) {
            request.header("traceparent", entry.traceParent());
        }
        try {
            int status = client.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            if (status < 200 || status > 299) {
                LOG.info("callback {}: HTTP {}, will be tried again", callback.eventId(), status);
                return false;
            }
            return true;
        } catch (IOException unreachable) {
            LOG.info("callback {}: {}, will be tried again", callback.eventId(), unreachable.toString());
            return false;
        }
    }

    private static String body(Entry entry, Callback callback) {
        try {
            return Json.MAPPER.writeValueAsString(CallbackEvent.of(entry, callback));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
