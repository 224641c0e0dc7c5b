package io.fincore.dev.simulator;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A simulator that cannot start says why. */
class SimulatorStartTest {

    private static final String SECRET = "whsec_" + "A".repeat(44);
    private static final URI CALLBACKS = URI.create("http://127.0.0.1:1/events");

    @TempDir
    private Path data;

    @Test
    void namesEverythingThatIsMissing() {
        assertThatThrownBy(() -> SimulatorSettings.of(Map.of("SIMULATOR_PORT", "8090")))
                .isInstanceOf(SimulatorStartException.class)
                .hasMessage("SIMULATOR_DATA is not set; SIMULATOR_CALLBACK_URL is not set; "
                        + "SIMULATOR_CALLBACK_SECRET is not set; SIMULATOR_KYC_CALLBACK_URL is not set; "
                        + "SIMULATOR_KYC_CALLBACK_SECRET is not set");
    }

    @Test
    void namesEverythingThatIsWrongWithoutTheSecret() {
        assertThatThrownBy(() -> new SimulatorSettings(
                        65_536, data, URI.create("ftp://x"), "whsec_c2hvcnQ=", URI.create("/kyc"), "whsec_"))
                .isInstanceOf(SimulatorStartException.class)
                .hasMessage("SIMULATOR_PORT is not a port: 65536; SIMULATOR_CALLBACK_URL is not an http or https URL: "
                        + "ftp://x; SIMULATOR_CALLBACK_SECRET is not whsec_ followed by 24 to 64 bytes in base 64; "
                        + "SIMULATOR_KYC_CALLBACK_URL is not an http or https URL: /kyc; "
                        + "SIMULATOR_KYC_CALLBACK_SECRET is not whsec_ followed by 24 to 64 bytes in base 64");
        assertThatThrownBy(() -> SimulatorSettings.of(Map.of(
                        "SIMULATOR_PORT",
                        "eighty",
                        "SIMULATOR_DATA",
                        data.toString(),
                        "SIMULATOR_CALLBACK_URL",
                        CALLBACKS.toString(),
                        "SIMULATOR_CALLBACK_SECRET",
                        SECRET,
                        "SIMULATOR_KYC_CALLBACK_URL",
                        CALLBACKS.toString(),
                        "SIMULATOR_KYC_CALLBACK_SECRET",
                        SECRET)))
                .hasMessage("SIMULATOR_PORT is not a port: eighty");
    }

    @Test
    void namesATakenPort() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> Simulator.start(settings(taken.getLocalPort())))
                    .isInstanceOf(SimulatorStartException.class)
                    .hasMessageContaining("port " + taken.getLocalPort() + " is taken");
        }
    }

    @Test
    void refusesADataFolderInUse() {
        try (Simulator first = Simulator.start(settings(0))) {
            assertThatThrownBy(() -> Simulator.start(settings(0)))
                    .as("beside " + first.uri())
                    .isInstanceOf(SimulatorStartException.class)
                    .hasMessageContaining("another simulator uses");
        }
    }

    @Test
    void refusesAJournalBrokenBeforeItsEnd() throws Exception {
        Files.writeString(
                data.resolve("journal.jsonl"),
                "{\"type\":\"seen_again\",\"id\":\"A\"}\nnot json\n{\"type\":\"seen_again\",\"id\":\"A\"}\n");

        assertThatThrownBy(() -> Simulator.start(settings(0)))
                .isInstanceOf(SimulatorStartException.class)
                .hasMessageContaining("line 2 of");
    }

    private SimulatorSettings settings(int port) {
        return new SimulatorSettings(port, data, CALLBACKS, SECRET, CALLBACKS, SECRET);
    }
}
