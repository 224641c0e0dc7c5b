package io.fincore.dev.launcher;

import io.fincore.dev.stack.Ports;
import io.fincore.dev.stack.Progress;
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
        try (StackFolder.Lock lock = folder.lock()) {
            if (Stack.isRunning(folder)) {
                stop(folder, console);
            } else {
                console.say("Nothing runs.");
            }
            if (options.wipe()) {
                folder.wipe();
                console.say("All data in " + folder.path() + " is forgotten.");
            }
        }
    }

    /** The ports play no part in stopping. */
    static void stop(StackFolder folder, Progress progress) {
        new Stack(StackSettings.of(folder.path(), Ports.defaults()), progress).stop();
    }
}
