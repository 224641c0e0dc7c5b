package io.fincore.dev.launcher;

import io.fincore.dev.stack.Repository;
import io.fincore.dev.stack.StackException;
import java.util.List;

/** Entry point of {@code temporal-dev/up} and {@code temporal-dev/down}; the first argument is {@code up} or {@code down}. */
public final class Launcher {

    private Launcher() {}

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments)));
    }

    private static int run(List<String> arguments) {
        if (arguments.contains("--help") || arguments.contains("-h")) {
            System.out.println(Options.usage());
            return 0;
        }
        try {
            Options options = Options.parse(arguments, System.getenv(), Repository.root());
            switch (options.action()) {
                case UP -> new Up(options, new Console()).run();
                case DOWN -> new Down(options, new Console()).run();
            }
            return 0;
        } catch (StackException e) {
            System.err.println();
            System.err.println(e.getMessage());
            return 1;
        }
    }
}
