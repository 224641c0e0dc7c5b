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
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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
    private final URI url;
    private final WebhookSecret secret;
    private final Clock clock;
    private final ExecutorService background;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(TIMEOUT)
            .build();

    CallbackSender(Book book, URI url, WebhookSecret secret, ExecutorService background, Clock clock) {
        this.book = book;
        this.url = url;
        this.secret = secret;
        this.background = background;
        this.clock = clock;
    }

    /** The callback's body. */
    record Event(
            String eventId,
            String type,
            String endToEndId,
            String status,
            String bankReference,
            @Nullable Reason reason,
            Instant occurredAt) {

        static Event of(BookEntry entry, Callback callback) {
            return new Event(
                    callback.eventId(),
                    "credit_transfer.status",
                    entry.transfer().endToEndId(),
                    entry.status().code(),
                    entry.bankReference(),
                    entry.reason(),
                    Objects.requireNonNull(entry.decidedAt()));
        }
    }

    /** Delivers what the entry owes, in a thread of its own. */
    void deliver(BookEntry entry) {
        begin(entry);
    }

    /** Delivers what the entry owes, and waits until that is done or the time has passed; then it goes on by itself. */
    void deliver(BookEntry entry, Duration atMost) throws InterruptedException {
        boolean delivered = begin(entry).await(atMost.toMillis(), TimeUnit.MILLISECONDS);
        LOG.debug(
                "{}: callback delivered before the answer: {}", entry.transfer().endToEndId(), delivered);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    /** @return reaches zero when nothing is owed any more */
    private CountDownLatch begin(BookEntry entry) {
        Callback callback = entry.callback();
        CountDownLatch owed =
                new CountDownLatch(callback == null ? 0 : callback.deliveries() - entry.callbacksDelivered());
        if (callback != null && owed.getCount() > 0) {
            background.execute(() -> deliverAll(entry, callback, owed));
        }
        return owed;
    }

    private void deliverAll(BookEntry entry, Callback callback, CountDownLatch owed) {
        String id = entry.transfer().endToEndId();
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
    private boolean attempt(BookEntry entry, Callback callback, String body) throws InterruptedException {
        Instant now = clock.instant();
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .header("webhook-id", callback.eventId())
                .header("webhook-timestamp", Long.toString(now.getEpochSecond()))
                .header("webhook-signature", secret.sign(callback.eventId(), now, body))
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

    private static String body(BookEntry entry, Callback callback) {
        try {
            return Json.MAPPER.writeValueAsString(Event.of(entry, callback));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
