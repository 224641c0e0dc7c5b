package io.fincore.providers;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Asks for the addresses of a host at the moment of connecting, and refuses what is not public: the connection goes to the very
 * addresses that were looked at, whatever the name means a moment later.
 */
final class GuardedResolver implements DnsResolver {

    private final DnsResolver addresses;
    private final boolean allowPrivate;

    GuardedResolver(DnsResolver addresses, boolean allowPrivate) {
        this.addresses = addresses;
        this.allowPrivate = allowPrivate;
    }

    /** Thrown instead of connecting. The address is not told: a client shall not learn our network's names. */
    static final class NotPublicException extends UnknownHostException {

        private static final long serialVersionUID = 1L;

        NotPublicException(String host) {
            super("the address of " + host + " is not public");
        }
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] found = addresses.resolve(host);
        // One that is not public is enough: which of them is taken is not ours to say.
        if (!allowPrivate && !Arrays.stream(found).allMatch(PublicAddress::isPublic)) {
            throw new NotPublicException(host);
        }
        return found;
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }
}
