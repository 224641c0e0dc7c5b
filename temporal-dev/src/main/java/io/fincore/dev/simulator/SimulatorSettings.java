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
 * @param callbackUrl where the bank's callbacks are posted to
 * @param callbackSecret what they are signed with: {@code whsec_} and base 64
 * @param kycCallbackUrl where the KYC provider's are
 * @param kycCallbackSecret what those are signed with
 */
public record SimulatorSettings(
        int port, Path data, URI callbackUrl, String callbackSecret, URI kycCallbackUrl, String kycCallbackSecret) {

    static final String PORT = "SIMULATOR_PORT";
    static final String DATA = "SIMULATOR_DATA";
    static final String CALLBACK_URL = "SIMULATOR_CALLBACK_URL";
    static final String CALLBACK_SECRET = "SIMULATOR_CALLBACK_SECRET";
    static final String KYC_CALLBACK_URL = "SIMULATOR_KYC_CALLBACK_URL";
    static final String KYC_CALLBACK_SECRET = "SIMULATOR_KYC_CALLBACK_SECRET";

    private static final int MAX_PORT = 65_535;

    /** @throws SimulatorStartException that names everything that is wrong */
    public SimulatorSettings {
        List<String> problems = new ArrayList<>();
        if (port < 0 || port > MAX_PORT) {
            problems.add(PORT + " is not a port: " + port);
        }
        checkUrl(CALLBACK_URL, callbackUrl, problems);
        checkSecret(CALLBACK_SECRET, callbackSecret, problems);
        checkUrl(KYC_CALLBACK_URL, kycCallbackUrl, problems);
        checkSecret(KYC_CALLBACK_SECRET, kycCallbackSecret, problems);
        refuse(problems);
    }

    /** @throws SimulatorStartException that names everything that is missing or wrong */
    static SimulatorSettings of(Map<String, String> environment) {
        List<String> problems = new ArrayList<>();
        for (String name : List.of(PORT, DATA, CALLBACK_URL, CALLBACK_SECRET, KYC_CALLBACK_URL, KYC_CALLBACK_SECRET)) {
            if (environment.getOrDefault(name, "").isBlank()) {
                problems.add(name + " is not set");
            }
        }
        refuse(problems);
        return new SimulatorSettings(
                port(require(environment.get(PORT))),
                Path.of(require(environment.get(DATA))),
                URI.create(require(environment.get(CALLBACK_URL))),
                require(environment.get(CALLBACK_SECRET)),
                URI.create(require(environment.get(KYC_CALLBACK_URL))),
                require(environment.get(KYC_CALLBACK_SECRET)));
    }

    /** Without the secrets. */
    @Override
    public String toString() {
        return "port " + port + ", data in " + data + ", callbacks to " + callbackUrl + " and " + kycCallbackUrl;
    }

    private static String require(@Nullable String value) {
        return Objects.requireNonNull(value);
    }

    private static void checkUrl(String name, URI url, List<String> problems) {
        if (!"http".equals(url.getScheme()) && !"https".equals(url.getScheme())) {
            problems.add(name + " is not an http or https URL: " + url);
        }
    }

    private static void checkSecret(String name, String secret, List<String> problems) {
        try {
            WebhookSecret.parse(secret);
        } catch (IllegalArgumentException invalid) {
            problems.add(name + " " + invalid.getMessage());
        }
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
