package io.fincore.dev.endtoend;

import io.fincore.dev.stack.Command;
import io.fincore.dev.stack.Repository;
import java.util.List;
import java.util.Map;

/** Runs what a page tells people to run. */
final class Shell {

    private Shell() {}

    /**
     * Runs commands in the root of the repository, as people do; one that fails fails the test.
     *
     * @return what they print
     */
    static String run(String commands, Map<String, String> environment) {
        return Command.run(Repository.root(), environment, List.of("bash", "-euo", "pipefail", "-c", commands));
    }
}
