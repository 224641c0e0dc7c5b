package io.fincore.dev.stack;

import java.util.Locale;

/** Every port the stack listens on, all on the loopback address. */
public enum Port {
    API(8080),
    API_MANAGEMENT(8081),
    WORKER_MANAGEMENT(8082),
    ISSUER(8083),
    SIMULATOR(8084),
    POSTGRES(5433),
    TEMPORAL(7233),
    TEMPORAL_UI(8233);

    private final int defaultNumber;

    Port(int defaultNumber) {
        this.defaultNumber = defaultNumber;
    }

    public int defaultNumber() {
        return defaultNumber;
    }

    /** The command line option that moves this port, such as {@code --port-api}. */
    public String option() {
        return "--port-" + key();
    }

    /** The environment variable that moves this port, such as {@code FINCORE_PORT_API}. */
    public String variable() {
        return "FINCORE_PORT_" + name();
    }

    /** As written in the file of a running stack's ports. */
    String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
