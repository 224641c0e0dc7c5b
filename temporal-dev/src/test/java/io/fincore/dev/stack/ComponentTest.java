package io.fincore.dev.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComponentTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private StackSettings settings;

    @BeforeEach
    void prepareFolder() {
        settings = StackSettings.of(folder, Ports.free());
        settings.folder().prepare();
    }

    @AfterEach
    void stopAll() {
        new ProcessTable(settings.folder()).living().values().forEach(process -> process.signal("KILL"));
    }

    @Test
    void showsTheLastLogLinesOfAChildThatDied() {
        Script dying = new Script("echo first run; exit 1");
        dying.start();
        assertThatThrownBy(() -> dying.awaitHealthy(SOON)).isInstanceOf(StackException.class);

        Script component = new Script("echo opening the book; echo the disk is gone >&2; exit 3");
        component.start();

        assertThatThrownBy(() -> component.awaitHealthy(SOON))
                .isInstanceOf(StackException.class)
                .hasMessage("script died with exit code 3. Its last log lines (" + component.logFile()
                        + "):\nopening the book\nthe disk is gone");
    }

    @Test
    void tellsWhichPortIsTakenAndHowToMoveIt() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Script component = new Script("sleep 60", Map.of(Port.API, other.getLocalPort()));

            assertThatThrownBy(component::start)
                    .isInstanceOf(StackException.class)
                    .hasMessage("Port " + other.getLocalPort() + ", wanted by script, is taken by another program."
                            + " Move it with --port-api <number> or FINCORE_PORT_API=<number>.");
            assertThat(component.isAlive()).isFalse();
        }
    }

    @Test
    void isFoundAndStoppedByAnotherLauncher() {
        Script started = new Script("echo ready; exec sleep 60");
        started.start();
        started.awaitHealthy(SOON);

        Script found = new Script("echo must not run");
        assertThat(found.pid()).isEqualTo(started.pid());
        found.start();
        assertThat(found.pid()).isEqualTo(started.pid());
        found.stop();

        assertThat(started.isAlive()).isFalse();
        assertThat(new ProcessTable(settings.folder()).recorded()).isEmpty();
        assertThat(started.logFile()).content().isEqualTo("ready\n");
    }

    @Test
    void stopsWhatAnotherLauncherStartedAnew() {
        Script watched = new Script("echo ready; exec sleep 60");
        watched.start();
        watched.awaitHealthy(SOON);
        Script other = new Script("echo ready; exec sleep 60");
        watched.kill();
        other.start();

        watched.stop();

        assertThat(other.isAlive()).isFalse();
        assertThat(watched.isAlive()).isFalse();
        assertThat(new ProcessTable(settings.folder()).recorded()).isEmpty();
    }

    @Test
    void writesDownAllOfManyThatStartAtOnce() {
        Map<String, Script> scripts = IntStream.range(0, 20)
                .mapToObj(number -> new Script("script-" + number, "exec sleep 60", Map.of()))
                .collect(Collectors.toMap(Component::name, script -> script));

        scripts.values().parallelStream().forEach(Component::start);

        Map<String, ProcessIdentity> recorded = new ProcessTable(settings.folder()).recorded();
        assertThat(recorded.keySet()).isEqualTo(scripts.keySet());
        recorded.forEach((name, identity) -> assertThat(identity.pid())
                .isEqualTo(Objects.requireNonNull(scripts.get(name)).pid()));
        scripts.values().parallelStream().forEach(Component::stop);
        assertThat(new ProcessTable(settings.folder()).recorded()).isEmpty();
    }

    @Test
    void pausesAndGoesOn() throws Exception {
        Script component = new Script("echo ready; exec sleep 60");
        component.start();
        component.awaitHealthy(SOON);

        component.suspend();
        assertThat(Component.await(() -> stateOf(component.pid()).equals("T"), SOON))
                .isTrue();
        component.resume();
        assertThat(Component.await(() -> !stateOf(component.pid()).equals("T"), SOON))
                .isTrue();

        // A stopped process takes a TERM only when it goes on: stop sees to that.
        component.suspend();
        component.stop();
        assertThat(component.isAlive()).isFalse();
    }

    @Test
    void killsWhatDoesNotEndWhenAsked() {
        Script stubborn = new Script("trap '' TERM; echo ready; while true; do sleep 1; done");
        stubborn.start();
        stubborn.awaitHealthy(SOON);
        List<ProcessIdentity> children = stubborn.living().descendants();

        stubborn.stop();

        assertThat(stubborn.isAlive()).isFalse();
        children.forEach(process -> process.signal("KILL"));
    }

    private static String stateOf(long pid) {
        return Command.run(Path.of("/"), Map.of(), List.of("ps", "-o", "state=", "-p", Long.toString(pid)))
                .strip();
    }

    /** A shell script, healthy as soon as it has said that it is ready. */
    private final class Script extends Component {

        private final String script;
        private final Map<Port, Integer> ports;

        Script(String script) {
            this("script", script, Map.of());
        }

        Script(String script, Map<Port, Integer> ports) {
            this("script", script, ports);
        }

        Script(String name, String script, Map<Port, Integer> ports) {
            super(name, settings);
            this.script = script;
            this.ports = ports;
        }

        @Override
        protected Map<Port, Integer> portsInUse() {
            return ports;
        }

        @Override
        protected Launch prepare() {
            return new Launch(List.of("sh", "-c", script), Map.of());
        }

        @Override
        protected boolean isHealthy() {
            return Files.exists(logFile()) && lastLogLines().contains("ready");
        }

        @Override
        protected Duration stopTimeout() {
            return Duration.ofSeconds(1);
        }
    }
}
