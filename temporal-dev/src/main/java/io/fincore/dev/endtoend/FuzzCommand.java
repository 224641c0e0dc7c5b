package io.fincore.dev.endtoend;

import io.fincore.dev.stack.StackException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

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
        long seed = OwnStack.anySeed();
        Iterator<String> words = arguments.iterator();
        while (words.hasNext()) {
            switch (words.next()) {
                case "--examples" -> examples = Math.clamp(OwnStack.number(words, USAGE), 1, 10_000);
                case "--seed" -> seed = OwnStack.number(words, USAGE);
                default -> throw new StackException(USAGE);
            }
        }
        return FuzzPlan.full(examples, seed);
    }
}
