package io.fincore.dev.stack;

import io.fincore.dev.issuer.TokenIssuer;
import java.util.List;
import java.util.Map;

/** The token issuer: gives anybody on this machine a token with the claims they ask for. */
public final class IssuerProcess extends JavaProcess {

    private final int port;

    IssuerProcess(StackSettings settings) {
        super("issuer", settings);
        this.port = settings.ports().of(Port.ISSUER);
    }

    /** The claim {@code iss} of its tokens, and where its keys are found. */
    public String issuer() {
        return "http://" + Ports.LOOPBACK + ":" + port + "/" + TokenIssuer.ID;
    }

    public String tokenEndpoint() {
        return issuer() + "/token";
    }

    @Override
    protected Map<Port, Integer> portsInUse() {
        return Map.of(Port.ISSUER, port);
    }

    @Override
    protected Launch prepare() {
        return java(
                List.of("-cp", ClassPath.stable(settings(), name()), TokenIssuer.class.getName()),
                Map.of(
                        "ISSUER_PORT", Integer.toString(port),
                        "ISSUER_KEY",
                                settings().folder().issuer().resolve("key.json").toString()));
    }

    @Override
    protected boolean isHealthy() {
        return Http.answersOk(port, "/" + TokenIssuer.ID + "/jwks");
    }
}
