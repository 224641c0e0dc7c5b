package io.fincore.providers;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fincore.providers.CallGuard.Call;
import io.fincore.providers.CallGuard.Refused;
import io.fincore.providers.Reply.Told;
import io.fincore.providers.Reply.Untold;
import io.opentelemetry.api.OpenTelemetry;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.util.TreeMap;

/**
 * A provider of notifications that speaks JSON over HTTP/1.1: {@code POST /notifications} takes {@code id}, {@code recipient}, {@code
 * template} and {@code values}, and answers 200, 201, 202 or 204 when it has them.
 *
 * <p>Only 400, 409 and 422 judge the notification. Another 4xx, 401 or 404 for example, judges us or how we are configured, which can
 * be put right: {@link NotifierAnswer.Unavailable}.
 *
 * <p>Thread-safe. Nothing is retried here.
 */
public final class HttpNotifier implements Notifier, AutoCloseable {

    private static final String NOTIFICATIONS = "/notifications";

    private final ProviderClient client;

    /** @param openTelemetry what records a client span per call and puts its trace context into the request */
    public HttpNotifier(NotifierSettings settings, Resilience resilience, OpenTelemetry openTelemetry) {
        this(settings, resilience, openTelemetry, Clock.systemUTC());
    }

    HttpNotifier(NotifierSettings settings, Resilience resilience, OpenTelemetry openTelemetry, Clock clock) {
        this.client = new ProviderClient(settings.endpoint(), resilience, openTelemetry, clock);
    }

    @Override
    public NotifierAnswer deliver(Notification notification) {
        HttpRequest.Builder request = client.request(NOTIFICATIONS)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", notification.id())
                .POST(HttpRequest.BodyPublishers.ofString(body(notification)));
        Question<NotifierAnswer> question = new Question<>(
                request,
                "POST " + NOTIFICATIONS,
                "fincore.notification_id",
                notification.id(),
                (status, body) -> read(status));
        return switch (client.enter()) {
            case Refused refused -> new NotifierAnswer.Unavailable(refused.detail(), refused.retryAfter());
            case Call call ->
                switch (client.run(call, question)) {
                    case Told<NotifierAnswer> told -> told.answer();
                    case Untold<NotifierAnswer> untold ->
                        new NotifierAnswer.Unavailable(untold.detail(), untold.retryAfter());
                };
        };
    }

    /** Ends the connections; calls under way are awaited. */
    @Override
    public void close() {
        client.close();
    }

    private static String body(Notification notification) {
        ObjectNode body = Json.object()
                .put("id", notification.id())
                .put("recipient", notification.recipient())
                .put("template", notification.template());
        ObjectNode values = body.putObject("values");
        // Sorted: the same notification is the same bytes, in whichever process.
        new TreeMap<>(notification.values()).forEach(values::put);
        return body.toString();
    }

    private static Reply<NotifierAnswer> read(int status) {
        return switch (status) {
            case 200, 201, 202, 204 -> new Told<>(new NotifierAnswer.Delivered());
            case 400, 409, 422 -> new Told<>(new NotifierAnswer.Refused("HTTP " + status));
            default -> Reply.ofStatus(status);
        };
    }
}
