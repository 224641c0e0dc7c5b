package io.fincore.dev.endtoend;

import io.fincore.dev.stack.StackException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Entry point of {@code temporal-dev/fuzz-api}: the API against its own description, on a stack of its own. */
public final class FuzzCommand {

    private static final String USAGE = """
            usage: temporal-dev/fuzz-api [--examples N] [--seed N]
            --examples  how many requests are drawn for each operation in each phase, 40 by default
            --seed      of an earlier run, to have its requests again""";

    private FuzzCommand() {}

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments)));
    }

    private static int run(List<String> arguments) {
        if (arguments.contains("--help") || arguments.contains("-h")) {
            System.out.println(USAGE);
            return 0;
        }
        FuzzPlan plan;
        try {
            plan = plan(arguments);
        } catch (StackException e) {
            System.err.println(e.getMessage());
            return 1;
        }
        return OwnStack.run("fuzz-api", Map.of(), (stack, progress) -> new Fuzzer(stack, progress).fuzz(plan));
    }

    static FuzzPlan plan(List<String> arguments) {
        int examples = 40;
        long seed = new Random().nextInt(1_000_000);
        Iterator<String> words = arguments.iterator();
        while (words.hasNext()) {
            switch (words.next()) {
                case "--examples" -> examples = Math.clamp(number(words), 1, 10_000);
                case "--seed" -> seed = number(words);
                default -> throw new StackException(USAGE);
            }
        }
        return FuzzPlan.full(examples, seed);
    }

    private static long number(Iterator<String> words) {
        try {
            return Long.parseLong(words.hasNext() ? words.next() : "");
        } catch (NumberFormatException e) {
            throw new StackException(USAGE, e);
        }
    }
}
