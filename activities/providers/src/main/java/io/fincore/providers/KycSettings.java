package io.fincore.providers;

import java.net.URI;
import java.time.Duration;

/**
 * Where a provider of verifications is and how long to wait for it.
 *
 * @param url absolute, http or https; {@code /kyc/checks} is appended to its path
 * @param connectTimeout to have a connection
 * @param readTimeout from the start of a call, connecting included, to the last byte of the answer; longer than the connect timeout
 */
public record KycSettings(URI url, Duration connectTimeout, Duration readTimeout) {

    public static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(2);
    public static final Duration DEFAULT_READ_TIMEOUT = Duration.ofSeconds(10);

    public KycSettings {
        Endpoint.require(url, connectTimeout, readTimeout);
    }

    /** With timeouts of 2 and 10 seconds. */
    public static KycSettings of(URI url) {
        return new KycSettings(url, DEFAULT_CONNECT_TIMEOUT, DEFAULT_READ_TIMEOUT);
    }

    Endpoint endpoint() {
        return new Endpoint(url, connectTimeout, readTimeout);
    }
}
