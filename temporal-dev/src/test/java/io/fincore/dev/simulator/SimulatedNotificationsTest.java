package io.fincore.dev.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fincore.money.IdType;
import io.fincore.providers.HttpNotifier;
import io.fincore.providers.Notification;
import io.fincore.providers.NotifierAnswer;
import io.fincore.providers.NotifierSettings;
import io.fincore.providers.Provider;
import io.fincore.providers.Resilience;
import io.opentelemetry.api.OpenTelemetry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The provider of notifications as the platform meets it: through {@link HttpNotifier} and its list. */
class SimulatedNotificationsTest {

    private final String id = IdType.EVENT.next();
    private final RunningSimulator simulator;
    private HttpNotifier notifier;

    SimulatedNotificationsTest(@TempDir Path data) {
        simulator = new RunningSimulator(data);
        notifier = notifier();
    }

    @AfterEach
    void stop() {
        notifier.close();
        simulator.close();
    }

    @Test
    void keepsANotificationOnceHoweverOftenItComesAcrossARestart() throws Exception {
        assertThat(deliver("grace@example.com", "EUR 12.50")).isEqualTo(new NotifierAnswer.Delivered());
        notifier.close();
        simulator.restart();
        notifier = notifier();
        assertThat(deliver("grace@example.com", "EUR 12.50")).isEqualTo(new NotifierAnswer.Delivered());

        List<JsonNode> lines = simulator.list("/notifications");
        assertThat(lines).hasSize(1);
        JsonNode line = lines.getFirst();
        assertThat(line.get("id").asText()).isEqualTo(id);
        assertThat(line.get("recipient").asText()).isEqualTo("grace@example.com");
        assertThat(line.get("template").asText()).isEqualTo("payment_completed");
        assertThat(line.get("values")).isEqualTo(Json.MAPPER.readTree("{\"amount\":\"EUR 12.50\"}"));
        assertThat(line.get("times_received").asInt()).isEqualTo(2);
    }

    @Test
    void refusesOtherWordsUnderTheSameId() throws Exception {
        deliver("grace@example.com", "EUR 12.50");

        assertThat(deliver("grace@example.com", "EUR 12.51")).isEqualTo(new NotifierAnswer.Refused("HTTP 409"));
        assertThat(simulator.list("/notifications")).hasSize(1);
    }

    @Test
    void neverReachesTheUnreachable() throws Exception {
        for (int attempt = 1; attempt <= 10; attempt++) {
            assertThat(deliver("unreachable@example.com", "EUR 12.50"))
                    .isEqualTo(new NotifierAnswer.Unavailable("HTTP 503", Duration.ofSeconds(1)));
        }
        assertThat(simulator.list("/notifications")).isEmpty();
    }

    @Test
    void refuses() throws Exception {
        assertThat(deliver("refused@example.com", "EUR 12.50")).isEqualTo(new NotifierAnswer.Refused("HTTP 422"));
        assertThat(simulator.list("/notifications")).isEmpty();
    }

    @Test
    void refusesWhatItCannotRead() throws Exception {
        for (String body : List.of("", "{}", "{\"id\":\"" + id + "\",\"recipient\":\"a@b\"}")) {
            assertThat(simulator
                            .post("/notifications", body, "Idempotency-Key", id)
                            .statusCode())
                    .as(body)
                    .isEqualTo(400);
        }
        String good = "{\"id\":\"" + id + "\",\"recipient\":\"a@b\",\"template\":\"t\"}";
        assertThat(simulator.post("/notifications", good).statusCode())
                .as("without Idempotency-Key")
                .isEqualTo(400);
        assertThat(simulator.list("/notifications")).isEmpty();
    }

    private HttpNotifier notifier() {
        return new HttpNotifier(
                NotifierSettings.of(simulator.uri()), Resilience.of(Provider.NOTIFIER), OpenTelemetry.noop());
    }

    private NotifierAnswer deliver(String recipient, String amount) {
        return notifier.deliver(new Notification(id, recipient, "payment_completed", Map.of("amount", amount)));
    }
}
