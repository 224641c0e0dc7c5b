package io.fincore.dev.stack;

import io.fincore.postgres.DatabaseRole;
import java.util.HashMap;
import java.util.Map;

/** What api and worker are told about the processes they stand on. */
record Backends(
        PostgresProcess postgres,
        TemporalProcess temporal,
        SimulatorProcess simulator,
        IssuerProcess issuer,
        Secrets secrets) {

    /** The variables that both need; the caller adds its own. */
    Map<String, String> environment(DatabaseRole role) {
        Map<String, String> environment = new HashMap<>();
        environment.put("FINCORE_DATABASE_URL", postgres.jdbcUrl());
        environment.put("FINCORE_DATABASE_USER", role.roleName());
        environment.put("FINCORE_DATABASE_PASSWORD", secrets.passwordOf(role));
        environment.put("FINCORE_TEMPORAL_TARGET", temporal.target());
        environment.put("FINCORE_TEMPORAL_NAMESPACE", TemporalProcess.NAMESPACE);
        environment.put("FINCORE_PAYLOADS_KEYS", secrets.payloadKeys());
        return environment;
    }
}
