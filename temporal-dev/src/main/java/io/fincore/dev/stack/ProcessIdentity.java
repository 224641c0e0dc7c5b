package io.fincore.dev.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A process, and no later one that was given the same number.
 *
 * @param started when it started, as the kernel counts: ticks since boot and the boot's id on Linux, an instant elsewhere
 */
public record ProcessIdentity(long pid, String started) {

    private static final Path PROC = Path.of("/proc");
    private static final Pattern SPACE = Pattern.compile(" ");
    /** Positions after the command's name in parentheses (proc(5): state is field 3, num_threads 20, starttime 22). */
    private static final int STATE = 0;

    private static final int THREADS = 17;
    private static final int START_TIME = 19;

    /** The living process of this number; a zombie counts as dead, as nothing of it runs. */
    public static Optional<ProcessIdentity> of(long pid) {
        return Files.isDirectory(PROC.resolve("self")) ? ofProc(pid) : ofHandle(pid);
    }

    public boolean isAlive() {
        return of(pid).filter(this::equals).isPresent();
    }

    /** Sends a signal by name, such as STOP; to no other process if this one has ended. */
    void signal(String name) {
        if (!signal(name, List.of(this)) && isAlive()) {
            throw new StackException("Signal " + name + " to process " + pid + " was refused.");
        }
    }

    /**
     * Sends a signal to many processes within a moment, those that have ended aside.
     *
     * @return whether it reached all of them
     */
    static boolean signal(String name, List<ProcessIdentity> processes) {
        List<String> command = new ArrayList<>(List.of("kill", "-s", name));
        processes.stream().filter(ProcessIdentity::isAlive).forEach(process -> command.add(Long.toString(process.pid)));
        if (command.size() == 3) {
            return true;
        }
        try {
            Process kill = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return kill.waitFor() == 0;
        } catch (IOException e) {
            throw new StackException("Signal " + name + " to " + processes + " failed: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("Interrupted while signalling " + processes, e);
        }
    }

    /** The living processes below this one, at any depth. */
    List<ProcessIdentity> descendants() {
        return ProcessHandle.of(pid).stream()
                .flatMap(ProcessHandle::descendants)
                .flatMap(process -> of(process.pid()).stream())
                .toList();
    }

    private static Optional<ProcessIdentity> ofProc(long pid) {
        try {
            String stat = Files.readString(PROC.resolve(pid + "/stat"));
            String[] fields = SPACE.split(stat.substring(stat.lastIndexOf(')') + 2), -1);
            return isOver(fields)
                    ? Optional.empty()
                    : Optional.of(new ProcessIdentity(pid, fields[START_TIME] + "@" + bootId()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** While other threads of a killed process still end, its first one is a zombie already, but its ports are not yet free. */
    private static boolean isOver(String[] fields) {
        return fields[STATE].equals("X") || (fields[STATE].equals("Z") && Integer.parseInt(fields[THREADS]) <= 1);
    }

    private static String bootId() throws IOException {
        return Files.readString(PROC.resolve("sys/kernel/random/boot_id")).strip();
    }

    private static Optional<ProcessIdentity> ofHandle(long pid) {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .flatMap(process -> process.info().startInstant())
                .map(instant -> new ProcessIdentity(pid, instant.toString()));
    }
}
