package io.fincore.dev.endtoend;

import io.fincore.dev.stack.StackException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
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
        CampaignPlan plan;
        try {
            plan = plan(arguments);
        } catch (StackException e) {
            System.err.println(e.getMessage());
            return 1;
        }
        return OwnStack.run(
                "fault-test", Map.of(), (stack, progress) -> new FaultCampaign(stack, plan, progress).run());
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
