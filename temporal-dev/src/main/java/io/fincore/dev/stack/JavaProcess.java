package io.fincore.dev.stack;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A component that runs on the launcher's own JDK. */
abstract class JavaProcess extends Component {

    /** Netty and zstd reach native memory; the JDK's notes on that would only fill the logs. */
    private static final List<String> QUIET =
            List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow");

    JavaProcess(String name, StackSettings settings) {
        super(name, settings);
    }

    /** Starts what follows {@code java}: a main class and its class path, or a jar. */
    final Launch java(List<String> program, Map<String, String> environment) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(QUIET);
        command.addAll(settings().javaOptions());
        command.addAll(program);
        return new Launch(command, environment);
    }
}
