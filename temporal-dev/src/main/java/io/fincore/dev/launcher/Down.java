package io.fincore.dev.launcher;

import io.fincore.dev.stack.Ports;
import io.fincore.dev.stack.Stack;
import io.fincore.dev.stack.StackFolder;
import io.fincore.dev.stack.StackSettings;
import java.nio.file.Files;

/** Stops what runs in the folder, and nothing else: a process number that belongs to another program by now is left alone. */
final class Down {

    private final Options options;
    private final Console console;

    Down(Options options, Console console) {
        this.options = options;
        this.console = console;
    }

    void run() {
        StackFolder folder = new StackFolder(options.folder());
        if (!Files.isDirectory(folder.path())) {
            console.say("Nothing runs and nothing is kept in " + folder.path() + ".");
            return;
        }
        console.say(folder.whileLocked(() -> stopAndWipe(folder)));
    }

    private String stopAndWipe(StackFolder folder) {
        boolean ran = Stack.isRunning(folder);
        if (ran) {
            // The ports play no part in stopping.
            new Stack(StackSettings.of(folder.path(), Ports.defaults()), console).stop();
        }
        if (options.wipe()) {
            folder.wipe();
            return "All data in " + folder.path() + " is forgotten.";
        }
        return ran ? "Stopped. The data is kept; temporal-dev/up goes on with it." : "Nothing runs.";
    }
}
