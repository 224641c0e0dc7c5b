package io.fincore.dev.benchmark;

import io.fincore.dev.stack.StackException;
import io.fincore.dev.stack.StackSettings;
import io.temporal.client.WorkflowClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A {@link NullWorker} as a child: it is gone when this one is. */
final class NullWorkerProcess implements AutoCloseable {

    private final Process process;

    /** Returns when it polls. */
    NullWorkerProcess(String temporalTarget, String payloadKeys) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(StackSettings.DEVELOPMENT_JAVA_OPTIONS);
        // Logs as this process does: what the libraries have to say must not slow it down.
        Stream.of("logback.configurationFile", "fincore.launcher.log")
                .filter(name -> System.getProperty(name) != null)
                .forEach(name -> command.add("-D" + name + "=" + System.getProperty(name)));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(NullWorker.class.getName(), temporalTarget));
        try {
            ProcessBuilder builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
            // Other users of the machine can read a command line.
            builder.environment().put(NullWorker.KEYS, payloadKeys);
            process = builder.start();
            awaitReady(process.inputReader());
        } catch (IOException e) {
            throw new StackException("The worker of the null workflow cannot be started: " + e.getMessage(), e);
        }
    }

    /** What this worker runs. */
    Subject subject(WorkflowClient client) {
        return new NullSubject(client);
    }

    private void awaitReady(BufferedReader output) throws IOException {
        List<String> said = new ArrayList<>();
        String line = output.readLine();
        while (line != null && !line.equals(NullWorker.READY)) {
            said.add(line);
            line = output.readLine();
        }
        if (line == null) {
            throw new StackException("The worker of the null workflow ended: " + String.join("\n", said));
        }
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }
}
