package io.fincore.dev.launcher;

import io.fincore.dev.demo.Demo;
import io.fincore.dev.stack.Component;
import io.fincore.dev.stack.Ports;
import io.fincore.dev.stack.Stack;
import io.fincore.dev.stack.StackException;
import io.fincore.dev.stack.StackFolder;
import io.fincore.dev.stack.StackSettings;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Brings the stack up, or completes it if parts of it run; in the foreground it then watches over it until Ctrl-C. */
final class Up {

    private static final long WATCH_MILLIS = 500;

    private final Options options;
    private final Console console;
    private final StackFolder folder;
    private volatile boolean stopping;

    Up(Options options, Console console) {
        this.options = options;
        this.console = console;
        this.folder = new StackFolder(options.folder());
    }

    void run() {
        // Read by the logging library when it is first used, hence before anything else.
        System.setProperty("logback.configurationFile", "launcher-logback.xml");
        System.setProperty(
                "fincore.launcher.log", folder.logs().resolve("launcher.log").toString());
        folder.whileLocked(this::bringUp).ifPresent(stack -> {
            console.say("Ctrl-C stops everything.");
            watch(stack);
        });
    }

    /** The stack if this process is to watch over it. */
    private Optional<Stack> bringUp() {
        boolean runsAlready = Stack.isRunning(folder);
        // What runs listens where it was told to: its ports come before those of this call.
        Ports ports = runsAlready ? Ports.ofRunningStack(folder).orElseGet(options::ports) : options.ports();
        Stack stack = new Stack(StackSettings.of(folder.path(), ports), console);
        if (stack.components().stream().allMatch(Component::isAlive)) {
            console.say("The stack runs already (data and logs: " + folder.path() + ").");
            new Links(stack, ports).print(console);
            return Optional.empty();
        }
        Thread stopOnExit = new Thread(() -> stopOnExit(stack), "stop-on-exit");
        Runtime.getRuntime().addShutdownHook(stopOnExit);
        start(stack, ports, runsAlready, stopOnExit);
        // Whoever started the rest of a running stack watches over it.
        if (options.detach() || runsAlready) {
            leaveRunning(stopOnExit);
            console.say("Left running. To stop it: temporal-dev/down");
            return Optional.empty();
        }
        return Optional.of(stack);
    }

    private void start(Stack stack, Ports ports, boolean runsAlready, Thread stopOnExit) {
        List<Component> started = stack.components().stream()
                .filter(component -> !component.isAlive())
                .toList();
        ports.recordForRunningStack(folder);
        try {
            stack.start();
            if (options.demo()) {
                new Demo(stack, console::say).run();
            }
            new Links(stack, ports).print(console);
        } catch (RuntimeException e) {
            leaveRunning(stopOnExit);
            if (runsAlready) {
                started.forEach(Component::stop);
            } else {
                stack.stop();
            }
            String reason = e instanceof StackException ? e.getMessage() : "Something unforeseen happened: " + e;
            throw new StackException(
                    reason + "\n\nWhat this call had started is stopped again. Logs: " + folder.logs(), e);
        }
    }

    private void stopOnExit(Stack stack) {
        stopping = true;
        console.say("\nStopping.");
        stack.giveUp();
        stack.stop();
    }

    private static void leaveRunning(Thread stopOnExit) {
        try {
            Runtime.getRuntime().removeShutdownHook(stopOnExit);
        } catch (IllegalStateException e) {
            // Ctrl-C came first: the hook is at work, and this thread has nothing more to do.
            throw new StackException("Stopped before everything ran.", e);
        }
    }

    /** A part that dies is told of once; the others go on, so that one can watch the platform cope. */
    private void watch(Stack stack) {
        Set<String> living = Set.copyOf(stack.running().keySet());
        while (!living.isEmpty() && !stopping) {
            try {
                Thread.sleep(WATCH_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            Set<String> now = Set.copyOf(stack.running().keySet());
            for (Component component : stack.components()) {
                if (!stopping && living.contains(component.name()) && !now.contains(component.name())) {
                    console.report(
                            component.name(),
                            "died; temporal-dev/up in another terminal starts it again. Its last log lines ("
                                    + component.logFile() + "):\n" + component.lastLogLines());
                }
            }
            living = now;
        }
        if (!stopping) {
            console.say("Nothing of the stack runs any more.");
        }
    }
}
