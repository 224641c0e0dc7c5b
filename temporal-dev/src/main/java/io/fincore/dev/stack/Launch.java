package io.fincore.dev.stack;

import java.util.List;
import java.util.Map;

/** How a process is started. */
record Launch(List<String> command, Map<String, String> environment) {

    Launch {
        command = List.copyOf(command);
        environment = Map.copyOf(environment);
    }
}
