package io.fincore.dev.stack;

import io.fincore.postgres.DatabaseRole;
import java.util.Map;

/** One replica of the REST API. */
public final class ApiProcess extends SpringProcess {

    static final String MODULE = "api";

    private static final String AUDIENCE = "fincore-api";

    private final Backends backends;
    private final int port;

    ApiProcess(String name, StackSettings settings, Backends backends, int port, int managementPort) {
        super(MODULE, name, settings, managementPort);
        this.backends = backends;
        this.port = port;
    }

    /** Where {@code /v1} is. */
    public String url() {
        return "http://" + Ports.LOOPBACK + ":" + port;
    }

    @Override
    protected Map<Port, Integer> portsInUse() {
        return Map.of(Port.API, port, Port.API_MANAGEMENT, managementPort());
    }

    @Override
    protected Launch prepare() {
        Map<String, String> environment = backends.environment(DatabaseRole.API);
        environment.put("FINCORE_SECURITY_ISSUER", backends.issuer().issuer());
        environment.put("FINCORE_SECURITY_AUDIENCE", AUDIENCE);
        environment.put("FINCORE_INBOUND_BANK_SECRET", backends.secrets().callbackSecret());
        environment.put("FINCORE_KYC_WEBHOOKSECRET", backends.secrets().kycCallbackSecret());
        environment.put("FINCORE_PAYLOADS_WEBUI", backends.temporal().uiLink());
        environment.put("FINCORE_WEBHOOKS_ALLOWINSECUREURLS", "true");
        environment.put("SERVER_ADDRESS", Ports.LOOPBACK);
        environment.put("SERVER_PORT", Integer.toString(port));
        environment.put("MANAGEMENT_SERVER_ADDRESS", Ports.LOOPBACK);
        environment.put("MANAGEMENT_SERVER_PORT", Integer.toString(managementPort()));
        environment.putAll(settings().environment());
        return application(environment);
    }
}
