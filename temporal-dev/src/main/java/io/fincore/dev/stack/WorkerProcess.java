package io.fincore.dev.stack;

import io.fincore.postgres.DatabaseRole;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** One worker of the fleet. */
public final class WorkerProcess extends JavaProcess {

    private final Backends backends;
    private final int managementPort;

    WorkerProcess(String name, StackSettings settings, Backends backends, int managementPort) {
        super(name, settings);
        this.backends = backends;
        this.managementPort = managementPort;
    }

    /** Health and metrics; nothing else listens. */
    public int managementPort() {
        return managementPort;
    }

    @Override
    protected Map<Port, Integer> portsInUse() {
        return Map.of(Port.WORKER_MANAGEMENT, managementPort);
    }

    @Override
    protected Launch prepare() {
        Map<String, String> environment = backends.environment(DatabaseRole.WORKER);
        environment.put("FINCORE_BANK_URL", backends.simulator().url());
        environment.put("SERVER_ADDRESS", Ports.LOOPBACK);
        environment.put("SERVER_PORT", Integer.toString(managementPort));
        environment.putAll(settings().environment());
        return java(List.of("-jar", Application.unpacked(settings(), "worker").toString()), environment);
    }

    @Override
    protected boolean isHealthy() {
        return Http.answersOk(managementPort, "/actuator/health/readiness");
    }

    /** It ends the activities it runs first, for at most 30 seconds. */
    @Override
    protected Duration stopTimeout() {
        return Duration.ofSeconds(40);
    }
}
