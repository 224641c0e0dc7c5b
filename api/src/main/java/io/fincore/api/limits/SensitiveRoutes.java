package io.fincore.api.limits;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where secrets are made, sagas are repaired, customers are looked into and events replayed: few need it often, and nobody shall try it
 * out.
 */
final class SensitiveRoutes {

    private static final List<Pattern> ANY = List.of(
            // The Web UI has each event of a history decoded by a request of its own; there is a budget for those.
            Pattern.compile("/v1/admin(?!/codec/decode$)(/.*)?"),
            Pattern.compile("/v1/customers/.*/(activations(/.*)?|export)"),
            Pattern.compile("/v1/webhook-endpoints(/.*)?/(secret-rotations|replays)"));

    private static final Pattern POSTED = Pattern.compile("/v1/webhook-endpoints");

    private SensitiveRoutes() {}

    static boolean include(HttpServletRequest request) {
        // Decoded: whoever writes a letter as %61 asks for the same.
        String path = request.getServletPath();
        return ANY.stream().anyMatch(each -> each.matcher(path).matches())
                || (request.getMethod().equals("POST") && POSTED.matcher(path).matches());
    }
}
