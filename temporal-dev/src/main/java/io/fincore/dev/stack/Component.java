package io.fincore.dev.stack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One process of the stack. It lives in a session of its own, writes to its own log file and outlives the launcher; a later
 * launcher finds it by its number and start time.
 */
public abstract class Component {

    private static final long POLL_MILLIS = 50;
    private static final int LAST_LINES = 25;
    private static final Duration NOTICE_EVERY = Duration.ofSeconds(5);
    private static final long LOG_BYTES = 20_000_000;

    private final String name;
    private final StackSettings settings;
    private final ProcessTable table;

    private volatile @Nullable ProcessIdentity identity;
    private volatile @Nullable Process child;
    private volatile long logStart;
    private volatile boolean givenUp;

    protected Component(String name, StackSettings settings) {
        this.name = name;
        this.settings = settings;
        this.table = new ProcessTable(settings.folder());
        this.identity = table.find(name).orElse(null);
    }

    public final String name() {
        return name;
    }

    public final Path logFile() {
        return settings.folder().logs().resolve(name + ".log");
    }

    public final boolean isAlive() {
        return alive().isPresent();
    }

    /**
     * @throws StackException if it does not run
     */
    public final long pid() {
        return living().pid();
    }

    /**
     * Starts the process and returns at once; does nothing if it runs already.
     *
     * @throws StackException if a port is taken or something it needs is missing
     */
    public final synchronized void start() {
        if (isAlive()) {
            return;
        }
        requireNotGivenUp();
        portsInUse().forEach(this::requireFree);
        Launch launch = prepare();
        try {
            keepLogSmall();
            logStart = Files.exists(logFile()) ? Files.size(logFile()) : 0;
            ProcessBuilder builder = new ProcessBuilder(Stream.concat(ownSession().stream(), launch.command().stream())
                            .toList())
                    .directory(settings.folder().path().toFile())
                    .redirectInput(Path.of("/dev/null").toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile()));
            builder.environment().putAll(launch.environment());
            Process started = builder.start();
            child = started;
            Optional<ProcessIdentity> found = ProcessIdentity.of(started.pid());
            identity = found.orElse(null);
            found.ifPresent(process -> table.put(name, process));
        } catch (IOException e) {
            throw new StackException(name + " cannot be started: " + e.getMessage(), e);
        }
    }

    /** {@link #awaitHealthy(Duration, Progress)} without telling anybody. */
    public final void awaitHealthy(Duration atMost) {
        awaitHealthy(atMost, Progress.silent());
    }

    /**
     * Waits until it answers.
     *
     * @throws StackException if it ends meanwhile, or does not answer in time; the message holds its last log lines
     */
    public final void awaitHealthy(Duration atMost, Progress progress) {
        long start = System.nanoTime();
        long nextNotice = NOTICE_EVERY.toNanos();
        while (!isHealthy()) {
            if (!isAlive()) {
                throw new StackException(
                        name + " died" + exitCode() + ". Its last log lines (" + logFile() + "):\n" + lastLogLines());
            }
            requireNotGivenUp();
            long waited = System.nanoTime() - start;
            if (waited > atMost.toNanos()) {
                throw new StackException(name + " runs but is not healthy after " + atMost.toSeconds()
                        + " s. Its last log lines (" + logFile() + "):\n" + lastLogLines());
            }
            if (waited > nextNotice) {
                nextNotice += NOTICE_EVERY.toNanos();
                progress.report(name, "still waiting after " + waited / 1_000_000_000 + " s, log: " + logFile());
            }
            pause();
        }
    }

    /** SIGKILL: it gets no chance to tidy up. Returns when it is gone. */
    public synchronized void kill() {
        signalAndAwaitEnd("KILL", Duration.ofSeconds(20));
    }

    /** SIGSTOP, also to its children: it holds its connections and its locks, and does nothing. */
    public final void suspend() {
        signalTree("STOP");
    }

    /** SIGCONT after {@link #suspend()}. */
    public final void resume() {
        signalTree("CONT");
    }

    /** Asks it to end, and kills it if it does not. Returns when it is gone. */
    public final synchronized void stop() {
        if (!isAlive()) {
            table.remove(name);
            return;
        }
        resume();
        if (!signalAndAwaitEnd(stopSignal(), stopTimeout())) {
            kill();
        }
    }

    /** Ends a wait in another thread and refuses to start: the stack is not coming up. */
    final void giveUp(boolean giveUp) {
        givenUp = giveUp;
    }

    /** The last lines that the process wrote since it was started. */
    public final String lastLogLines() {
        try (Stream<String> lines = Files.exists(logFile()) ? linesSinceStart() : Stream.empty()) {
            List<String> all = lines.toList();
            return String.join("\n", all.subList(Math.max(0, all.size() - LAST_LINES), all.size()));
        } catch (IOException e) {
            return "(the log cannot be read: " + e.getMessage() + ")";
        }
    }

    /** The numbers it is about to listen on. */
    protected abstract Map<Port, Integer> portsInUse();

    /** Makes ready what the process needs and says how to start it. */
    protected abstract Launch prepare();

    /** Whether it does its work now; must answer within a few seconds and never throw. */
    protected abstract boolean isHealthy();

    protected String stopSignal() {
        return "TERM";
    }

    protected Duration stopTimeout() {
        return Duration.ofSeconds(20);
    }

    protected final StackSettings settings() {
        return settings;
    }

    protected final ProcessIdentity living() {
        return alive().orElseThrow(() -> new StackException(name + " does not run."));
    }

    /** Looks again at what is written down when the known one has ended: another launcher may have started it anew. */
    protected final Optional<ProcessIdentity> alive() {
        @Nullable ProcessIdentity current = identity;
        if (current != null && current.isAlive()) {
            return Optional.of(current);
        }
        Optional<ProcessIdentity> found = table.find(name).filter(ProcessIdentity::isAlive);
        found.ifPresent(process -> identity = process);
        return found;
    }

    /** Waits for a state that another process brings about. */
    static boolean await(BooleanSupplier condition, Duration atMost) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > atMost.toNanos()) {
                return false;
            }
            pause();
        }
        return true;
    }

    static void pause() {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted while waiting.", e);
        }
    }

    private boolean signalAndAwaitEnd(String signal, Duration atMost) {
        Optional<ProcessIdentity> current = alive();
        current.ifPresent(process -> process.signal(signal));
        if (!await(() -> current.stream().noneMatch(ProcessIdentity::isAlive), atMost)) {
            return false;
        }
        table.remove(name);
        return true;
    }

    private void signalTree(String signal) {
        ProcessIdentity root = living();
        root.signal(signal);
        root.descendants().forEach(process -> process.signal(signal));
    }

    private void requireNotGivenUp() {
        if (givenUp) {
            throw new StackException(name + " is not waited for: the stack is not coming up.");
        }
    }

    private void requireFree(Port port, int number) {
        if (!Ports.isFree(number)) {
            throw new StackException(
                    "Port %d, wanted by %s, is taken by another program. Move it with %s <number> or %s=<number>."
                            .formatted(number, name, port.option(), port.variable()));
        }
    }

    /** A session of its own: Ctrl-C or a closed terminal reaches the launcher only. */
    private static List<String> ownSession() {
        return Executables.onPath("setsid")
                .map(path -> List.of(path.toString()))
                .orElse(List.of());
    }

    private String exitCode() {
        @Nullable Process process = child;
        // The kernel knows of the end a moment before this JVM has collected the code.
        return process != null && await(() -> !process.isAlive(), Duration.ofSeconds(1))
                ? " with exit code " + process.exitValue()
                : "";
    }

    private Stream<String> linesSinceStart() throws IOException {
        byte[] content = Files.readAllBytes(logFile());
        int from = (int) Math.min(logStart, content.length);
        return new String(content, from, content.length - from, StandardCharsets.UTF_8).lines();
    }

    private void keepLogSmall() throws IOException {
        if (Files.exists(logFile()) && Files.size(logFile()) > LOG_BYTES) {
            Files.move(logFile(), logFile().resolveSibling(name + ".log.1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
