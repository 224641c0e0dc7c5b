package io.fincore.dev.endtoend;

import io.fincore.dev.launcher.Console;
import io.fincore.dev.stack.Ports;
import io.fincore.dev.stack.Progress;
import io.fincore.dev.stack.Stack;
import io.fincore.dev.stack.StackException;
import io.fincore.dev.stack.StackFolder;
import io.fincore.dev.stack.StackSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;

/** What the commands of long tests have in common: a stack of their own on free ports, in a temporary folder that is kept if they fail. */
final class OwnStack {

    private OwnStack() {}

    /** What a test has found. */
    interface Report {

        /** For people. */
        String table();

        /** Everything that is not as it must be; empty if all is well. */
        List<String> violations();
    }

    /** A seed for who gave none; it is printed, so that a run can be repeated. */
    static long anySeed() {
        return new Random().nextInt(1_000_000);
    }

    /**
     * The number behind an option.
     *
     * @throws StackException with the usage if there is none
     */
    static long number(Iterator<String> words, String usage) {
        try {
            return Long.parseLong(words.hasNext() ? words.next() : "");
        } catch (NumberFormatException e) {
            throw new StackException(usage, e);
        }
    }

    /**
     * Starts a stack, runs the test, prints its report, and stops the stack.
     *
     * @param name of the command
     * @param environment further variables for worker and api
     * @return the exit code
     */
    static int run(String name, Map<String, String> environment, BiFunction<Stack, Progress, ? extends Report> test) {
        try {
            return survive(name, environment, test).violations().isEmpty() ? 0 : 1;
        } catch (StackException | IOException e) {
            System.err.println();
            System.err.println(e.getMessage());
            return 1;
        }
    }

    private static Report survive(
            String name, Map<String, String> environment, BiFunction<Stack, Progress, ? extends Report> test)
            throws IOException {
        Path folder = Files.createTempDirectory("fincore-" + name);
        // Read by the logging library when it is first used, hence before anything else.
        System.setProperty("logback.configurationFile", "launcher-logback.xml");
        System.setProperty(
                "fincore.launcher.log", folder.resolve("launcher.log").toString());
        Console console = new Console();
        Stack stack = new Stack(StackSettings.of(folder, Ports.free()).forLoads(environment), console);
        // After Ctrl-C nothing is left either; after a test there is nothing left to stop.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(stack), "stop-on-exit"));
        stack.start();
        Report report = test.apply(stack, console);
        console.say(report.table());
        stop(stack);
        if (report.violations().isEmpty()) {
            Files.deleteIfExists(folder.resolve("launcher.log"));
            new StackFolder(folder).wipe();
        } else {
            console.say("Data and logs are kept in " + folder);
        }
        return report;
    }

    private static void stop(Stack stack) {
        stack.giveUp();
        stack.stop();
    }
}
