package io.fincore.dev.stack;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.EnumMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** A number for each port. */
public record Ports(Map<Port, Integer> numbers) {

    /** Nothing of a development stack is reachable from another machine. */
    public static final String LOOPBACK = "127.0.0.1";

    private static final int HIGHEST = 65_535;

    /**
     * Free ports are taken below those that systems give to outgoing connections: else any connection could take the port of a server
     * that is down for a moment, and bar its way back.
     */
    private static final int LOWEST_FREE = 15_000;

    private static final int LOWEST_EPHEMERAL = 32_768;

    /** What this process has given away as free, and is perhaps not yet listened on. */
    private static final Set<Integer> GIVEN_AWAY = ConcurrentHashMap.newKeySet();

    public Ports {
        numbers = Map.copyOf(numbers);
        for (Port port : Port.values()) {
            Integer number = numbers.get(port);
            if (number == null || number < 1 || number > HIGHEST) {
                throw new IllegalArgumentException(port + " is not a port number: " + number);
            }
        }
        if (numbers.values().stream().distinct().count() != numbers.size()) {
            throw new IllegalArgumentException("two of the stack's ports have the same number: " + numbers);
        }
    }

    public int of(Port port) {
        return Objects.requireNonNull(numbers.get(port));
    }

    public static Ports defaults() {
        return defaultsExcept(Map.of());
    }

    /** The default ports, some of them moved. */
    public static Ports defaultsExcept(Map<Port, Integer> moved) {
        Map<Port, Integer> numbers = new EnumMap<>(Port.class);
        for (Port port : Port.values()) {
            numbers.put(port, moved.getOrDefault(port, port.defaultNumber()));
        }
        return new Ports(numbers);
    }

    /** Ports that nobody listens on at this moment: for tests, which must not meet a running stack. */
    public static Ports free() {
        Iterator<Integer> free = free(Port.values().length).iterator();
        Map<Port, Integer> numbers = new EnumMap<>(Port.class);
        for (Port port : Port.values()) {
            numbers.put(port, free.next());
        }
        return new Ports(numbers);
    }

    /** One port that nobody listens on at this moment. */
    public static int anyFree() {
        return free(1).getFirst();
    }

    static boolean isFree(int number) {
        try (ServerSocket socket = new ServerSocket()) {
            // As the servers themselves do: a connection of an earlier run in TIME_WAIT is no obstacle.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), number));
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static List<Integer> free(int count) {
        return ThreadLocalRandom.current()
                .ints(LOWEST_FREE, LOWEST_EPHEMERAL)
                .filter(number -> isFree(number) && GIVEN_AWAY.add(number))
                .limit(count)
                .boxed()
                .toList();
    }

    /** Where the stack of this folder listens, if it was ever started there. */
    public static Optional<Ports> ofRunningStack(StackFolder folder) {
        Properties recorded = StackFolder.read(folder.ports());
        if (recorded.isEmpty()) {
            return Optional.empty();
        }
        Map<Port, Integer> numbers = new EnumMap<>(Port.class);
        for (Port port : Port.values()) {
            String number = recorded.getProperty(port.key());
            if (number != null) {
                numbers.put(port, Integer.valueOf(number));
            }
        }
        return Optional.of(defaultsExcept(numbers));
    }

    /** Writes down where the stack of this folder listens, also for {@code temporal-dev/token}. */
    public void recordForRunningStack(StackFolder folder) {
        Properties properties = new Properties();
        numbers.forEach((port, number) -> properties.setProperty(port.key(), number.toString()));
        StackFolder.write(folder.ports(), properties);
    }
}
