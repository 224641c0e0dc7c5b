package io.fincore.dev.stack;

import io.fincore.postgres.DatabaseRole;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** One replica of the REST API. */
public final class ApiProcess extends JavaProcess {

    public static final String AUDIENCE = "fincore-api";

    private final Backends backends;
    private final int port;
    private final int managementPort;

    ApiProcess(String name, StackSettings settings, Backends backends, int port, int managementPort) {
        super(name, settings);
        this.backends = backends;
        this.port = port;
        this.managementPort = managementPort;
    }

    /** Where {@code /v1} is. */
    public String url() {
        return "http://" + Ports.LOOPBACK + ":" + port;
    }

    public int managementPort() {
        return managementPort;
    }

    @Override
    protected Map<Port, Integer> portsInUse() {
        return Map.of(Port.API, port, Port.API_MANAGEMENT, managementPort);
    }

    @Override
    protected Launch prepare() {
        Map<String, String> environment = backends.environment(DatabaseRole.API);
        environment.put("FINCORE_SECURITY_ISSUER", backends.issuer().issuer());
        environment.put("FINCORE_SECURITY_AUDIENCE", AUDIENCE);
        environment.put("FINCORE_INBOUND_BANK_SECRET", backends.secrets().callbackSecret());
        environment.put("SERVER_ADDRESS", Ports.LOOPBACK);
        environment.put("SERVER_PORT", Integer.toString(port));
        environment.put("MANAGEMENT_SERVER_ADDRESS", Ports.LOOPBACK);
        environment.put("MANAGEMENT_SERVER_PORT", Integer.toString(managementPort));
        environment.putAll(settings().environment());
        return java(List.of("-jar", Application.unpacked(settings(), "api").toString()), environment);
    }

    @Override
    protected boolean isHealthy() {
        return Http.answersOk(managementPort, "/actuator/health/readiness");
    }

    @Override
    protected Duration stopTimeout() {
        return Duration.ofSeconds(40);
    }
}
