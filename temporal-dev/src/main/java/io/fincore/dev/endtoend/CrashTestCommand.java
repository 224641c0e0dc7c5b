package io.fincore.dev.endtoend;

import io.fincore.dev.stack.StackException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Entry point of {@code temporal-dev/crash-test}: the sweep over every commit of every journey, on a stack of its own. */
public final class CrashTestCommand {

    private static final String USAGE =
            """
            usage: temporal-dev/crash-test [JOURNEY]...
            Kills the worker just before and just after every commit of the journeys, of all of them by default:
            """ + Arrays.stream(Journey.values()).map(CrashTestCommand::name).collect(Collectors.joining(" "));

    /** Halted transactions occupy what they run in; their attempts are repeated beside them meanwhile. */
    private static final Map<String, String> ROOM = Map.of(
            "FINCORE_SLOTS_LOCALACTIVITIES", "64",
            "FINCORE_SLOTS_ACTIVITIES", "48",
            "FINCORE_SLOTS_BANKCALLS", "48",
            "FINCORE_SLOTS_KYCCALLS", "48",
            "FINCORE_DATABASE_POOLSIZE", "128");

    private CrashTestCommand() {}

    public static void main(String[] arguments) {
        System.exit(run(List.of(arguments)));
    }

    private static int run(List<String> arguments) {
        if (arguments.contains("--help") || arguments.contains("-h")) {
            System.out.println(USAGE);
            return 0;
        }
        List<Journey> journeys;
        try {
            journeys = journeys(arguments);
        } catch (StackException e) {
            System.err.println(e.getMessage());
            return 1;
        }
        return OwnStack.run("crash-test", ROOM, (stack, progress) -> CrashSweep.everyCommit(stack, journeys, progress));
    }

    static List<Journey> journeys(List<String> names) {
        return names.isEmpty()
                ? List.of(Journey.values())
                : names.stream().map(CrashTestCommand::journey).toList();
    }

    private static Journey journey(String name) {
        return Arrays.stream(Journey.values())
                .filter(journey -> name(journey).equals(name))
                .findFirst()
                .orElseThrow(() -> new StackException("There is no journey " + name + ".\n" + USAGE));
    }

    private static String name(Journey journey) {
        return journey.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
