package io.fincore.dev.simulator;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * @param port on the loopback address; 0 for any that is free
 * @param data the folder of the journal
 * @param callbackUrl where callbacks are posted to
 * @param callbackSecret what they are signed with: {@code whsec_} and base 64
 */
public record SimulatorSettings(int port, Path data, URI callbackUrl, String callbackSecret) {

    static final String PORT = "SIMULATOR_PORT";
    static final String DATA = "SIMULATOR_DATA";
    static final String CALLBACK_URL = "SIMULATOR_CALLBACK_URL";
    static final String CALLBACK_SECRET = "SIMULATOR_CALLBACK_SECRET";

    private static final int MAX_PORT = 65_535;

    /** @throws SimulatorStartException that names everything that is wrong */
    public SimulatorSettings {
        List<String> problems = new ArrayList<>();
        if (port < 0 || port > MAX_PORT) {
            problems.add(PORT + " is not a port: " + port);
        }
        if (!"http".equals(callbackUrl.getScheme()) && !"https".equals(callbackUrl.getScheme())) {
            problems.add(CALLBACK_URL + " is not an http or https URL: " + callbackUrl);
        }
        try {
            WebhookSecret.parse(callbackSecret);
        } catch (IllegalArgumentException invalid) {
            problems.add(CALLBACK_SECRET + " " + invalid.getMessage());
        }
        refuse(problems);
    }

    /** @throws SimulatorStartException that names everything that is missing or wrong */
    static SimulatorSettings of(Map<String, String> environment) {
        List<String> problems = new ArrayList<>();
        for (String name : List.of(PORT, DATA, CALLBACK_URL, CALLBACK_SECRET)) {
            if (environment.getOrDefault(name, "").isBlank()) {
                problems.add(name + " is not set");
            }
        }
        refuse(problems);
        return new SimulatorSettings(
                port(require(environment.get(PORT))),
                Path.of(require(environment.get(DATA))),
                URI.create(require(environment.get(CALLBACK_URL))),
                require(environment.get(CALLBACK_SECRET)));
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return "port " + port + ", data in " + data + ", callbacks to " + callbackUrl;
    }

    private static String require(@Nullable String value) {
        return Objects.requireNonNull(value);
    }

    private static int port(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException notANumber) {
            throw new SimulatorStartException(PORT + " is not a port: " + text, notANumber);
        }
    }

    private static void refuse(List<String> problems) {
        if (!problems.isEmpty()) {
            throw new SimulatorStartException(String.join("; ", problems));
        }
    }
}
