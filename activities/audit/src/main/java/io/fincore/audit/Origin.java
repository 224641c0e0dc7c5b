package io.fincore.audit;

import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Who does what a transaction does, as it is recorded with each change. No names, no e-mail addresses: what is recorded is never erased.
 *
 * @param actor the subject of a token, or {@code workflow <id>}
 * @param requestId the API's {@code req_…}
 * @param correlationId the same for all that follows from one request
 * @param ip the address that the request came from
 * @param userAgent what the client says it is: cut to 200 characters, and what is not printable ASCII becomes a question mark
 */
public record Origin(
        String actor,
        @Nullable String requestId,
        @Nullable String correlationId,
        @Nullable String ip,
        @Nullable String userAgent) {

    /** The transaction-local setting of PostgreSQL that carries {@link #toJson}. */
    public static final String SETTING = "fincore.origin";

    private static final int LONGEST_USER_AGENT = 200;

    public Origin {
        if (actor.isBlank()) {
            throw new IllegalArgumentException("actor is blank");
        }
        userAgent = userAgent == null ? null : printable(userAgent);
    }

    /** Of a saga's step: nobody sends it from anywhere. */
    public static Origin of(String actor, @Nullable String correlationId) {
        return new Origin(actor, null, correlationId, null, null);
    }

    /** Makes this the origin of all that the current transaction records from here on; without a transaction it is lost at once. */
    public void bind(JdbcClient jdbc) {
        jdbc.sql("SELECT set_config('" + SETTING + "', ?, true)")
                .param(toJson())
                .query(String.class)
                .single();
    }

    /** An object with the members actor, request_id, correlation_id, ip and user_agent; what is null is left out. */
    public String toJson() {
        StringBuilder json = new StringBuilder("{\"actor\":");
        quote(json, actor);
        member(json, "request_id", requestId);
        member(json, "correlation_id", correlationId);
        member(json, "ip", ip);
        member(json, "user_agent", userAgent);
        return json.append('}').toString();
    }

    private static void member(StringBuilder json, String name, @Nullable String value) {
        if (value != null) {
            quote(json.append(",\"").append(name).append("\":"), value);
        }
    }

    private static void quote(StringBuilder json, String value) {
        json.append('"');
        value.chars().forEach(c -> {
            if (c == '"' || c == '\\') {
                json.append('\\').append((char) c);
            } else if (c < ' ') {
                json.append(String.format(Locale.ROOT, "\\u%04x", c));
            } else {
                json.append((char) c);
            }
        });
        json.append('"');
    }

    private static String printable(String value) {
        String cut = value.substring(0, Math.min(value.length(), LONGEST_USER_AGENT));
        return cut.replaceAll("[^ -~]", "?");
    }
}
