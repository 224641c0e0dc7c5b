package io.fincore.dev.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fincore.dev.simulator.CallbackReceiver.Delivery;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A simulator on a folder of the test's, with somebody who takes its callbacks. */
final class RunningSimulator implements AutoCloseable {

    private static final String BANK_KEY = "0123456789abcdef0123456789abcdef";
    private static final String KYC_KEY = "fedcba9876543210fedcba9876543210";

    private final Path data;
    private final HttpClient http = HttpClient.newHttpClient();
    private final CallbackReceiver bankEvents = new CallbackReceiver();
    private final CallbackReceiver kycEvents = new CallbackReceiver();
    private Simulator running;

    RunningSimulator(Path data) {
        this.data = data;
        this.running = start();
    }

    /** Who takes the bank's callbacks. */
    CallbackReceiver bankEvents() {
        return bankEvents;
    }

    /** Who takes the KYC provider's callbacks. */
    CallbackReceiver kycEvents() {
        return kycEvents;
    }

    URI uri() {
        return running.uri();
    }

    void stop() {
        running.close();
    }

    void startAgain() {
        running = start();
    }

    void restart() {
        stop();
        startAgain();
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(uri().resolve(path)));
    }

    HttpResponse<String> post(String path, String body, String... headers) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri().resolve(path)).POST(HttpRequest.BodyPublishers.ofString(body));
        return send(headers.length == 0 ? request : request.headers(headers));
    }

    /** The lines of a list: the bank's book, the checks, the notifications. */
    List<JsonNode> list(String path) throws IOException, InterruptedException {
        List<JsonNode> lines = new ArrayList<>();
        Json.MAPPER.readTree(get(path).body()).forEach(lines::add);
        return lines;
    }

    /** Waits until the list is as expected: a provider notes a delivery down after the receiver has answered. */
    void awaitList(String path, List<JsonNode> expected) throws IOException, InterruptedException {
        Instant limit = Instant.now().plus(Duration.ofSeconds(30));
        while (!list(path).equals(expected) && Instant.now().isBefore(limit)) {
            Thread.sleep(20);
        }
        assertThat(list(path)).isEqualTo(expected);
    }

    static void assertSignedByBank(Delivery callback) {
        assertSigned(callback, BANK_KEY);
    }

    static void assertSignedByKyc(Delivery callback) {
        assertSigned(callback, KYC_KEY);
    }

    @Override
    public void close() {
        running.close();
        bankEvents.close();
        kycEvents.close();
        http.close();
    }

    private Simulator start() {
        return Simulator.start(
                new SimulatorSettings(0, data, bankEvents.uri(), secret(BANK_KEY), kycEvents.uri(), secret(KYC_KEY)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static String secret(String key) {
        return "whsec_" + Base64.getEncoder().encodeToString(key.getBytes(StandardCharsets.US_ASCII));
    }

    private static void assertSigned(Delivery callback, String key) {
        String signed =
                callback.header("webhook-id") + "." + callback.header("webhook-timestamp") + "." + callback.body();
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
            assertThat(callback.header("webhook-signature"))
                    .isEqualTo("v1,"
                            + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8))));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
        assertThat(callback.json().get("event_id").asText()).isEqualTo(callback.header("webhook-id"));
        assertThat(Instant.parse(callback.json().get("occurred_at").asText())).isBeforeOrEqualTo(Instant.now());
    }
}
