package io.fincore.dev.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fincore.dev.stack.Port;
import io.fincore.dev.stack.StackException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OptionsTest {

    private static final Path REPOSITORY = Path.of("/repository");

    @Test
    void withoutAnythingItIsTheWholeStackInTheForeground() {
        assertThat(parse(List.of("up"), Map.of()))
                .isEqualTo(
                        new Options(Options.Action.UP, Path.of("/repository/.fincore"), Map.of(), false, true, false));
    }

    @Test
    void takesTheCommandLineBeforeTheEnvironment() {
        Options options = parse(
                List.of("up", "--port-api", "9000", "--detach", "--no-demo", "--folder", "/data"),
                Map.of(
                        "FINCORE_PORT_API", "9001",
                        "FINCORE_PORT_TEMPORAL_UI", "9002",
                        "FINCORE_FOLDER", "/elsewhere"));

        assertThat(options)
                .isEqualTo(new Options(
                        Options.Action.UP,
                        Path.of("/data"),
                        Map.of(Port.API, 9000, Port.TEMPORAL_UI, 9002),
                        true,
                        false,
                        false));
        assertThat(options.ports().of(Port.API)).isEqualTo(9000);
        assertThat(options.ports().of(Port.POSTGRES)).isEqualTo(5433);
    }

    @Test
    void refusesWhatItDoesNotUnderstand() {
        assertThatThrownBy(() -> parse(List.of("up", "--wipe"), Map.of()))
                .isInstanceOf(StackException.class)
                .hasMessageStartingWith("Unknown option --wipe.");
        assertThatThrownBy(() -> parse(List.of("up", "--port-api"), Map.of()))
                .isInstanceOf(StackException.class)
                .hasMessageStartingWith("--port-api needs a value.");
        assertThatThrownBy(() -> parse(List.of("up"), Map.of("FINCORE_PORT_ISSUER", "many")))
                .isInstanceOf(StackException.class)
                .hasMessage("FINCORE_PORT_ISSUER needs a port number, not \"many\".");
        assertThatThrownBy(() ->
                        parse(List.of("up", "--port-api", "8081"), Map.of()).ports())
                .isInstanceOf(StackException.class)
                .hasMessageContaining("two of the stack's ports have the same number");
    }

    private static Options parse(List<String> arguments, Map<String, String> environment) {
        return Options.parse(arguments, environment, REPOSITORY);
    }
}
