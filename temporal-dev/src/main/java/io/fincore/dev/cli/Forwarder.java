package io.fincore.dev.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.fincore.dev.simulator.WebhookSecret;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;

/**
 * Posts events as webhooks to a receiver under test.
 *
 * @param secret new for each run
 */
record Forwarder(URI target, String secret) {

    private static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(3))
            .build();
    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final int SECRET_BYTES = 24;

    static Forwarder to(URI target) {
        byte[] key = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(key);
        return new Forwarder(target, "whsec_" + Base64.getEncoder().encodeToString(key));
    }

    /** What the receiver answered, in a word. */
    String forward(JsonNode event) {
        String id = event.path("id").asText();
        String body = event.toString();
        Instant now = Instant.now();
        try {
            return Integer.toString(HTTP.send(
                            HttpRequest.newBuilder(target)
                                    .timeout(TIMEOUT)
                                    .header("Content-Type", "application/json")
                                    .header("webhook-id", id)
                                    .header("webhook-timestamp", Long.toString(now.getEpochSecond()))
                                    .header(
                                            "webhook-signature",
                                            WebhookSecret.parse(secret).sign(id, now, body))
                                    .POST(HttpRequest.BodyPublishers.ofString(body))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode());
        } catch (IOException | IllegalArgumentException e) {
            return e.toString();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CliException("interrupted", e);
        }
    }
}
