package io.fincore.api.security;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.text.ParseException;
import java.time.Duration;

/** Finds the issuer's keys as OpenID Connect Discovery, section 4, and RFC 8414, section 3, have it. */
final class Discovery implements IssuerKeys.Issuer {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final long MOST_BYTES = 1 << 20;

    private final URI issuer;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();

    Discovery(URI issuer) {
        this.issuer = issuer;
    }

    @Override
    public JWKSet keys() throws IOException, ParseException {
        HttpResponse<String> found = get(URI.create(issuer + "/.well-known/openid-configuration"));
        if (found.statusCode() == 404) {
            found = get(issuer.resolve("/.well-known/oauth-authorization-server" + issuer.getPath()));
        }
        var metadata = JSONObjectUtils.parse(body(found));
        // Section 4.3: another's keys are not this issuer's.
        if (!issuer.toString().equals(JSONObjectUtils.getString(metadata, "issuer"))) {
            throw new IOException("what stands at the issuer's address is of another issuer");
        }
        return JWKSet.parse(body(get(JSONObjectUtils.getURI(metadata, "jwks_uri"))))
                .toPublicJWKSet();
    }

    private static String body(HttpResponse<String> response) throws IOException {
        if (response.statusCode() != 200) {
            throw new IOException(response.uri() + " answered " + response.statusCode());
        }
        return response.body();
    }

    private HttpResponse<String> get(URI address) throws IOException {
        try {
            return http.send(
                    HttpRequest.newBuilder(address).timeout(TIMEOUT).build(),
                    HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofString(), MOST_BYTES));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
