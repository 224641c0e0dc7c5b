package io.fincore.providers;

import java.time.Duration;

/**
 * How clients' endpoints are called.
 *
 * @param connectTimeout to have a connection
 * @param readTimeout for the whole call, from its begin to the end of what is read of the answer
 * @param allowPrivateTargets whether endpoints may be on this machine or network, and without TLS: in development only
 */
public record WebhookSettings(Duration connectTimeout, Duration readTimeout, boolean allowPrivateTargets) {

    public WebhookSettings {
        if (!connectTimeout.isPositive() || readTimeout.compareTo(connectTimeout) <= 0) {
            throw new IllegalArgumentException("the read timeout (" + readTimeout
                    + ") is not longer than the connect timeout (" + connectTimeout + ")");
        }
    }
}
