package io.fincore.providers;

import java.net.URI;
import java.time.Duration;

/**
 * Where a provider of notifications is and how long to wait for it.
 *
 * @param url absolute, http or https; {@code /notifications} is appended to its path
 * @param connectTimeout to have a connection
 * @param readTimeout from the start of a call, connecting included, to the last byte of the answer; longer than the connect timeout
 */
public record NotifierSettings(URI url, Duration connectTimeout, Duration readTimeout) {

    public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(1);
    public static final Duration DEFAULT_READ_TIMEOUT = Duration.ofSeconds(5);

    public NotifierSettings {
        Endpoint.require(url, connectTimeout, readTimeout);
    }

    /** With timeouts of 1 and 5 seconds. */
    public static NotifierSettings of(URI url) {
        return new NotifierSettings(url, DEFAULT_CONNECT_TIMEOUT, DEFAULT_READ_TIMEOUT);
    }

    Endpoint endpoint() {
        return new Endpoint(url, connectTimeout, readTimeout);
    }
}
