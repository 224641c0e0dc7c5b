package io.fincore.dev.stack;

import io.fincore.postgres.DatabaseRole;
import java.util.Map;

/** One worker of the fleet; its management port is the only one. */
public final class WorkerProcess extends SpringProcess {

    static final String MODULE = "worker";

    private final Backends backends;

    WorkerProcess(String name, StackSettings settings, Backends backends, int managementPort) {
        super(MODULE, name, settings, managementPort);
        this.backends = backends;
    }

    @Override
    protected Map<Port, Integer> portsInUse() {
        return Map.of(Port.WORKER_MANAGEMENT, managementPort());
    }

    @Override
    protected Launch prepare() {
        Map<String, String> environment = backends.environment(DatabaseRole.WORKER);
        environment.put("FINCORE_BANK_URL", backends.simulator().url());
        environment.put("FINCORE_KYC_URL", backends.simulator().url());
        environment.put("FINCORE_NOTIFIER_URL", backends.simulator().url());
        // Whoever tries it has their endpoint on this machine.
        environment.put("FINCORE_WEBHOOKS_ALLOWPRIVATETARGETS", "true");
        environment.put("SERVER_ADDRESS", Ports.LOOPBACK);
        environment.put("SERVER_PORT", Integer.toString(managementPort()));
        environment.putAll(settings().environment());
        return application(environment);
    }
}
