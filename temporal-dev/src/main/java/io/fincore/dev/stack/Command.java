package io.fincore.dev.stack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A program that is run to its end. */
public final class Command {

    private Command() {}

    /**
     * How a program ended.
     *
     * @param output all that it printed, errors included
     */
    public record Ended(String output, int exitCode) {}

    /**
     * Runs in a folder and returns what it printed, errors included.
     *
     * @throws StackException with that output if it fails
     */
    public static String run(Path folder, Map<String, String> environment, List<String> command) {
        Ended ended = attempt(folder, environment, command);
        if (ended.exitCode() != 0) {
            throw new StackException(
                    command.getFirst() + " failed with exit code " + ended.exitCode() + ":\n" + ended.output());
        }
        return ended.output();
    }

    /**
     * Runs in a folder, for who wants to know of a failure too.
     *
     * @throws StackException if it cannot be run at all
     */
    public static Ended attempt(Path folder, Map<String, String> environment, List<String> command) {
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
            builder.environment().putAll(environment);
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Ended(output, process.waitFor());
        } catch (IOException e) {
            throw new StackException(command.getFirst() + " cannot be run: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted while running " + command.getFirst(), e);
        }
    }
}
