package io.fincore.dev.launcher;

import io.fincore.dev.stack.Port;
import io.fincore.dev.stack.Ports;
import io.fincore.dev.stack.StackException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was asked for on the command line, which comes before the environment, which comes before the defaults.
 *
 * @param folder of data and logs
 * @param detach leave the stack running and return
 * @param demo make a payment when all is healthy
 * @param wipe forget the data, after stopping
 */
record Options(Action action, Path folder, Map<Port, Integer> movedPorts, boolean detach, boolean demo, boolean wipe) {

    static final String FOLDER_VARIABLE = "FINCORE_FOLDER";

    enum Action {
        UP,
        DOWN
    }

    Options {
        movedPorts = Map.copyOf(movedPorts);
    }

    Ports ports() {
        try {
            return Ports.defaultsExcept(movedPorts);
        } catch (IllegalArgumentException e) {
            throw new StackException("These ports cannot be used: " + e.getMessage(), e);
        }
    }

    static String usage() {
        List<String> ports = Arrays.stream(Port.values())
                .map(port -> port.option().substring("--port-".length()))
                .toList();
        return """
            usage: temporal-dev/up [--detach] [--no-demo] [--folder PATH] [--port-NAME NUMBER]...
                   temporal-dev/down [--wipe] [--folder PATH]
            --detach   leave everything running and return; without it, Ctrl-C stops everything
            --no-demo  make no demo payment
            --wipe     forget all data after stopping
            --folder   where data and logs are kept (%s), .fincore at the repository's root by default
            --port-NAME (FINCORE_PORT_NAME), with NAME one of: %s""".formatted(FOLDER_VARIABLE, String.join(", ", ports));
    }

    /**
     * @param repository where the default folder lies
     * @throws StackException for an unknown option or a value that is no number
     */
    static Options parse(List<String> arguments, Map<String, String> environment, Path repository) {
        Iterator<String> words = arguments.iterator();
        Action action = action(words);
        Path folder = Optional.ofNullable(environment.get(FOLDER_VARIABLE))
                .map(Path::of)
                .orElse(repository.resolve(".fincore"));
        Map<Port, Integer> movedPorts = fromEnvironment(environment);
        boolean detach = false;
        boolean demo = true;
        boolean wipe = false;
        while (words.hasNext()) {
            String word = words.next();
            if (action == Action.UP && word.equals("--detach")) {
                detach = true;
            } else if (action == Action.UP && word.equals("--no-demo")) {
                demo = false;
            } else if (action == Action.DOWN && word.equals("--wipe")) {
                wipe = true;
            } else if (word.equals("--folder")) {
                folder = Path.of(value(word, words));
            } else {
                Port port = port(word);
                movedPorts.put(port, number(port.option(), value(word, words)));
            }
        }
        return new Options(action, folder, movedPorts, detach, demo, wipe);
    }

    private static Action action(Iterator<String> words) {
        String word = words.hasNext() ? words.next() : "";
        return switch (word) {
            case "up" -> Action.UP;
            case "down" -> Action.DOWN;
            default -> throw new StackException(usage());
        };
    }

    private static Map<Port, Integer> fromEnvironment(Map<String, String> environment) {
        Map<Port, Integer> moved = new EnumMap<>(Port.class);
        for (Port port : Port.values()) {
            String value = environment.get(port.variable());
            if (value != null) {
                moved.put(port, number(port.variable(), value));
            }
        }
        return moved;
    }

    private static Port port(String word) {
        return Arrays.stream(Port.values())
                .filter(port -> port.option().equals(word))
                .findFirst()
                .orElseThrow(() -> new StackException("Unknown option " + word + ".\n" + usage()));
    }

    private static String value(String option, Iterator<String> words) {
        if (!words.hasNext()) {
            throw new StackException(option + " needs a value.\n" + usage());
        }
        return words.next();
    }

    private static int number(String name, String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException e) {
            throw new StackException(name + " needs a port number, not \"" + value + "\".", e);
        }
    }
}
