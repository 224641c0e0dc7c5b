package io.fincore.dev.stack;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What one stack is made of.
 *
 * @param repository root of the working copy, whose jars are run
 * @param folder data and logs
 * @param javaOptions for the JVMs of worker, api, issuer and simulator
 * @param environment further variables for worker and api, for instance {@code FINCORE_PAYMENTS_DEADLINE}
 */
public record StackSettings(
        Path repository, StackFolder folder, Ports ports, List<String> javaOptions, Map<String, String> environment) {

    /**
     * For a machine that runs five JVMs on few cores: the first compiler alone starts faster, one collector thread each is
     * enough.
     */
    public static final List<String> DEVELOPMENT_JAVA_OPTIONS =
            List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx384m");

    /** For measuring: both compilers, as a server has them. */
    public static final List<String> SERVER_JAVA_OPTIONS = List.of("-XX:+UseParallelGC", "-Xmx512m");

    /** For tests and measurements, in which one principal does what a hundred would: limits that count, and are not reached. */
    private static final Map<String, String> LIMITS_OF_LOADS = Map.of(
            "FINCORE_LIMITS_PRINCIPALPERSECOND", "20000",
            "FINCORE_LIMITS_PRINCIPALBURST", "40000",
            "FINCORE_LIMITS_PRINCIPALCONCURRENT", "400",
            "FINCORE_LIMITS_WALLETPERSECOND", "5000",
            "FINCORE_LIMITS_WALLETBURST", "10000",
            "FINCORE_LIMITS_SENSITIVEPERSECOND", "1000",
            "FINCORE_LIMITS_SENSITIVEBURST", "2000");

    public StackSettings {
        repository = repository.toAbsolutePath().normalize();
        javaOptions = List.copyOf(javaOptions);
        environment = Map.copyOf(environment);
    }

    /** A stack with the usual options in a given folder. */
    public static StackSettings of(Path folder, Ports ports) {
        return new StackSettings(Repository.root(), new StackFolder(folder), ports, DEVELOPMENT_JAVA_OPTIONS, Map.of());
    }

    public StackSettings withEnvironment(Map<String, String> further) {
        return new StackSettings(repository, folder, ports, javaOptions, further);
    }

    /** As {@link #withEnvironment}, for one principal that does what a hundred would. */
    public StackSettings forLoads(Map<String, String> further) {
        Map<String, String> all = new HashMap<>(LIMITS_OF_LOADS);
        all.putAll(further);
        return withEnvironment(all);
    }

    public StackSettings withJavaOptions(List<String> others) {
        return new StackSettings(repository, folder, ports, others, environment);
    }
}
