package io.fincore.dev.stack;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A replica of one of the platform's two Spring Boot applications. */
abstract class SpringProcess extends JavaProcess {

    private final String module;
    private final int managementPort;

    /**
     * @param name the module's own for the first replica, another for each further one
     */
    SpringProcess(String module, String name, StackSettings settings, int managementPort) {
        super(name, settings);
        this.module = module;
        this.managementPort = managementPort;
    }

    /** Health and metrics. */
    public final int managementPort() {
        return managementPort;
    }

    /**
     * Starts the application with an archive of its loaded classes, which halves its start. The first replica writes it when it is
     * stopped for the first time (some four seconds, once per build); a missing archive costs nothing but the time.
     */
    final Launch application(Map<String, String> environment) {
        Path jar = Application.unpacked(settings(), module);
        Path archive = Objects.requireNonNull(jar.getParent()).resolve("classes.jsa");
        String sharing = name().equals(module) ? "-XX:+AutoCreateSharedArchive" : "-Xshare:auto";
        return java(
                List.of(sharing, "-XX:SharedArchiveFile=" + archive, "-Xlog:cds=off", "-jar", jar.toString()),
                environment);
    }

    @Override
    protected boolean isHealthy() {
        return Http.answersOk(managementPort, "/actuator/health/readiness");
    }

    /** It ends what it has begun, for at most 30 seconds. */
    @Override
    protected Duration stopTimeout() {
        return Duration.ofSeconds(40);
    }
}
