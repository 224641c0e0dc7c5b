package io.fincore.dev.benchmark;

import io.fincore.dev.stack.Progress;
import io.fincore.dev.stack.Repository;
import io.fincore.dev.stack.StackException;
import java.util.function.Consumer;

/** What the commands of benchmarks have in common: the table on standard output, how far the stack is beside it, a log in the module. */
final class BenchmarkCommand {

    private BenchmarkCommand() {}

    /**
     * @param name of the command, and of its log
     * @param benchmark given where to tell how far it is
     * @return the exit code
     */
    static int run(String name, Consumer<Progress> benchmark) {
        // Read by the logging library when it is first used, hence before anything else.
        System.setProperty("logback.configurationFile", "launcher-logback.xml");
        System.setProperty(
                "fincore.launcher.log",
                Repository.root()
                        .resolve("temporal-dev/target/" + name + ".log")
                        .toString());
        try {
            benchmark.accept((component, message) -> System.err.println(component + ": " + message));
            return 0;
        } catch (StackException e) {
            System.err.println(e.getMessage());
            return 1;
        }
    }
}
