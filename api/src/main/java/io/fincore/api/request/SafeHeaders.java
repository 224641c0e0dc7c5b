package io.fincore.api.request;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.function.BiConsumer;

/** What tells browsers and proxies to do nothing with an answer but hand it on. */
public final class SafeHeaders {

    /** Balances, names and problems of one person belong into nobody's cache; whoever wants can remember an ETag. */
    public static final String CACHE_CONTROL = "no-store";

    private static final String NOTHING = "default-src 'none'; frame-ancestors 'none'";

    /** The interactive page has scripts and styles of its own, and its logo in its style sheet. */
    private static final String PAGE =
            "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'";

    private SafeHeaders() {}

    static void add(HttpServletRequest request, HttpServletResponse response) {
        String path = request.getRequestURI();
        boolean page = path.startsWith("/openapi") || path.startsWith("/swagger-ui");
        add(page ? PAGE : NOTHING, response::setHeader);
    }

    /** Those of an answer that is no page. */
    public static void add(BiConsumer<String, String> header) {
        add(NOTHING, header);
    }

    private static void add(String policy, BiConsumer<String, String> header) {
        header.accept("X-Content-Type-Options", "nosniff");
        header.accept("Content-Security-Policy", policy);
        header.accept("Referrer-Policy", "no-referrer");
    }
}
