package io.fincore.dev.endtoend;

import io.fincore.dev.stack.StackException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/** Entry point of {@code temporal-dev/fault-test}: a campaign on a stack of its own, on free ports, in a temporary folder. */
public final class FaultTestCommand {

    private static final String USAGE = """
            usage: temporal-dev/fault-test [--payments N] [--seed N]
                   temporal-dev/fault-test --book [--kills N] [--seed N]
            --payments  how many payments are made while the faults strike, 200 by default
            --book      instead of payments, deposits, withdrawals and transfers while PostgreSQL is killed
            --kills     how often, 10 by default
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
            if (arguments.contains("--book")) {
                BookPlan plan = bookPlan(arguments);
                return OwnStack.run(
                        "fault-test", Map.of(), (stack, progress) -> new BookCampaign(stack, plan, progress).run());
            }
            CampaignPlan plan = plan(arguments);
            return OwnStack.run(
                    "fault-test", Map.of(), (stack, progress) -> new FaultCampaign(stack, plan, progress).run());
        } catch (StackException e) {
            System.err.println(e.getMessage());
            return 1;
        }
    }

    static BookPlan bookPlan(List<String> arguments) {
        int kills = 10;
        long seed = OwnStack.anySeed();
        Iterator<String> words = arguments.iterator();
        while (words.hasNext()) {
            switch (words.next()) {
                case "--book" -> {}
                case "--kills" -> kills = Math.clamp(OwnStack.number(words, USAGE), 1, 1_000);
                case "--seed" -> seed = OwnStack.number(words, USAGE);
                default -> throw new StackException(USAGE);
            }
        }
        return BookPlan.full(kills, seed);
    }

    static CampaignPlan plan(List<String> arguments) {
        int payments = 200;
        long seed = OwnStack.anySeed();
        Iterator<String> words = arguments.iterator();
        while (words.hasNext()) {
            switch (words.next()) {
                case "--payments" -> payments = Math.clamp(OwnStack.number(words, USAGE), 1, 100_000);
                case "--seed" -> seed = OwnStack.number(words, USAGE);
                default -> throw new StackException(USAGE);
            }
        }
        return CampaignPlan.full(payments, seed);
    }
}
