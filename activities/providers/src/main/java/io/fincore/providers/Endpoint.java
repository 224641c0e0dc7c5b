package io.fincore.providers;

import java.net.URI;
import java.time.Duration;

/**
 * Where a provider is and how long to wait for it: what all settings have in common.
 *
 * @param url absolute, http or https
 * @param connectTimeout to have a connection
 * @param readTimeout from the start of a call, connecting included, to the last byte of the answer; longer than the connect timeout
 */
record Endpoint(URI url, Duration connectTimeout, Duration readTimeout) {

    Endpoint {
        require(url, connectTimeout, readTimeout);
    }

    /** @throws IllegalArgumentException if these are not the values of an endpoint */
    static void require(URI url, Duration connectTimeout, Duration readTimeout) {
        if (!("http".equals(url.getScheme()) || "https".equals(url.getScheme())) || url.getHost() == null) {
            throw new IllegalArgumentException(
                    "'" + url + "' is not the URL of a provider: http://host or https://host");
        }
        if (!connectTimeout.isPositive()) {
            throw new IllegalArgumentException("the connect timeout is not positive: " + connectTimeout);
        }
        if (readTimeout.compareTo(connectTimeout) <= 0) {
            throw new IllegalArgumentException("the read timeout (" + readTimeout
                    + ") is not longer than the connect timeout (" + connectTimeout + ")");
        }
    }

    URI resolve(String path) {
        String base = url.toString();
        return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
    }
}
