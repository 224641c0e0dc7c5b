package io.fincore.dev.endtoend;

import io.fincore.dev.launcher.Console;
import io.fincore.dev.stack.Ports;
import io.fincore.dev.stack.Stack;
import io.fincore.dev.stack.StackException;
import io.fincore.dev.stack.StackFolder;
import io.fincore.dev.stack.StackSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Random;

/** Entry point of {@code temporal-dev/fault-test}: a campaign on a stack of its own, on free ports, in a temporary folder. */
public final class FaultTestCommand {

    private static final String USAGE = """
            usage: temporal-dev/fault-test [--payments N] [--seed N]
            --payments  how many payments are made while the faults strike, 200 by default
            --seed      of an earlier run, to have its faults in the same order""";

    private FaultTestCommand() {}

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments)));
    }

    private static int run(List<String> arguments) {
        if (arguments.contains("--help") || arguments.contains("-h")) {
            System.out.println(USAGE);
            return 0;
        }
        try {
            CampaignReport report = survive(plan(arguments));
            return report.violations().isEmpty() ? 0 : 1;
        } catch (StackException | IOException e) {
            System.err.println();
            System.err.println(e.getMessage());
            return 1;
        }
    }

    private static CampaignReport survive(CampaignPlan plan) throws IOException {
        Path folder = Files.createTempDirectory("fincore-fault-test");
        // Read by the logging library when it is first used, hence before anything else.
        System.setProperty("logback.configurationFile", "launcher-logback.xml");
        System.setProperty(
                "fincore.launcher.log", folder.resolve("launcher.log").toString());
        Console console = new Console();
        Stack stack = new Stack(StackSettings.of(folder, Ports.free()), console);
        // After Ctrl-C nothing is left either; after a campaign there is nothing left to stop.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(stack), "stop-on-exit"));
        stack.start();
        CampaignReport report = new FaultCampaign(stack, plan, console).run();
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

    static CampaignPlan plan(List<String> arguments) {
        int payments = 200;
        long seed = new Random().nextInt(1_000_000);
        Iterator<String> words = arguments.iterator();
        while (words.hasNext()) {
            String option = words.next();
            if (!words.hasNext()) {
                throw new StackException(USAGE);
            }
            long value = number(words.next());
            switch (option) {
                case "--payments" -> payments = Math.clamp(value, 1, 100_000);
                case "--seed" -> seed = value;
                default -> throw new StackException(USAGE);
            }
        }
        return CampaignPlan.full(payments, seed);
    }

    private static long number(String word) {
        try {
            return Long.parseLong(word);
        } catch (NumberFormatException e) {
            throw new StackException(USAGE, e);
        }
    }
}
