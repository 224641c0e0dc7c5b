package io.fincore.dev.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A stack in a folder of its own and on free ports, beside whatever else runs here; stopped and forgotten on close. */
public final class TemporaryStack implements AutoCloseable {

    private final Path folder;
    private final Stack stack;
    private final Thread stopOnExit = new Thread(this::stopAndForget, "stop-on-exit");

    /**
     * Nothing of it runs yet.
     *
     * @param environment further variables for worker and api
     */
    public TemporaryStack(Map<String, String> environment, Progress progress) {
        this(environment, StackSettings.DEVELOPMENT_JAVA_OPTIONS, progress);
    }

    /** @param javaOptions of all its JVMs, instead of those that suit a small machine */
    public TemporaryStack(Map<String, String> environment, List<String> javaOptions, Progress progress) {
        try {
            folder = Files.createTempDirectory("fincore");
        } catch (IOException e) {
            throw new StackException("No temporary folder: " + e.getMessage(), e);
        }
        stack = new Stack(
                StackSettings.of(folder, Ports.free()).forLoads(environment).withJavaOptions(javaOptions), progress);
        Runtime.getRuntime().addShutdownHook(stopOnExit);
    }

    public Stack stack() {
        return stack;
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(stopOnExit);
        stopAndForget();
    }

    private void stopAndForget() {
        stack.giveUp();
        stack.stop();
        StackFolder.deleteTree(folder);
    }
}
