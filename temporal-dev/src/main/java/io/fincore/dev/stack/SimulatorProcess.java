package io.fincore.dev.stack;

import java.util.List;
import java.util.Map;

/** The bank, the KYC provider and the one of notifications, with a book of their own. */
public final class SimulatorProcess extends JavaProcess {

    /** By name: the launcher needs nothing else of it. */
    private static final String MAIN_CLASS = "io.fincore.dev.simulator.SimulatorMain";

    private final Secrets secrets;
    private final int port;

    SimulatorProcess(StackSettings settings, Secrets secrets) {
        super("simulator", settings);
        this.secrets = secrets;
        this.port = settings.ports().of(Port.SIMULATOR);
    }

    public String url() {
        return "http://" + Ports.LOOPBACK + ":" + port;
    }

    @Override
    protected Map<Port, Integer> portsInUse() {
        return Map.of(Port.SIMULATOR, port);
    }

    @Override
    protected Launch prepare() {
        return java(
                List.of("-cp", ClassPath.stable(settings(), name()), MAIN_CLASS),
                Map.of(
                        "SIMULATOR_PORT", Integer.toString(port),
                        "SIMULATOR_DATA", settings().folder().simulator().toString(),
                        "SIMULATOR_CALLBACK_URL", inbound("bank"),
                        "SIMULATOR_CALLBACK_SECRET", secrets.callbackSecret(),
                        "SIMULATOR_KYC_CALLBACK_URL", inbound("kyc"),
                        "SIMULATOR_KYC_CALLBACK_SECRET", secrets.kycCallbackSecret()));
    }

    private String inbound(String provider) {
        int api = settings().ports().of(Port.API);
        return "http://" + Ports.LOOPBACK + ":" + api + "/v1/inbound/" + provider + "/events";
    }

    @Override
    protected boolean isHealthy() {
        return Http.answersOk(port, "/health");
    }
}
