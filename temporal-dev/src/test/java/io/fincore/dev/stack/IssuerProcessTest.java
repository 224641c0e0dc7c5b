package io.fincore.dev.stack;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IssuerProcessTest {

    private static final Duration SOON = Duration.ofMinutes(1);

    @TempDir
    Path folder;

    private IssuerProcess issuer;

    @BeforeEach
    void start() {
        issuer = new Stack(StackSettings.of(folder, Ports.free()), Progress.silent()).issuer();
        issuer.start();
        issuer.awaitHealthy(SOON);
    }

    @AfterEach
    void stop() {
        issuer.stop();
    }

    @Test
    void givesATokenWithTheClaimsAskedFor() throws Exception {
        SignedJWT token =
                token("scope=payments%3Aread+payments%3Awrite&roles=operator+admin&principal=alice&tenant=bakery");

        assertThat(token.getJWTClaimsSet().getIssuer()).isEqualTo(issuer.issuer());
        assertThat(token.getJWTClaimsSet().getAudience()).isEqualTo(List.of("fincore-api"));
        assertThat(token.getJWTClaimsSet().getSubject()).isEqualTo("alice");
        assertThat(token.getJWTClaimsSet().getStringClaim("tenant")).isEqualTo("bakery");
        assertThat(token.getJWTClaimsSet().getStringClaim("scope")).isEqualTo("payments:read payments:write");
        assertThat(token.getJWTClaimsSet().getStringListClaim("roles")).containsExactly("operator", "admin");
    }

    @Test
    void givesNoScopeAndNoRoleThatWasNotAskedFor() throws Exception {
        JWTClaimsSet claims = token("principal=alice").getJWTClaimsSet();

        assertThat(claims.getStringClaim("scope")).isEmpty();
        assertThat(claims.getStringListClaim("roles")).isEmpty();
    }

    @Test
    void keepsItsKeyThroughAKill() throws Exception {
        SignedJWT before = token("scope=payments%3Aread");

        issuer.kill();
        issuer.start();
        issuer.awaitHealthy(SOON);

        JWKSet keys = JWKSet.load(URI.create(issuer.issuer() + "/jwks").toURL());
        assertThat(before.verify(new RSASSAVerifier(keys.getKeys().getFirst().toRSAKey())))
                .isTrue();
        assertThat(keys.getKeys().getFirst().isPrivate()).isFalse();
    }

    private SignedJWT token(String parameters) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(issuer.tokenEndpoint()))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "grant_type=client_credentials&client_id=test&client_secret=test&" + parameters))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            String body =
                    client.send(request, HttpResponse.BodyHandlers.ofString()).body();
            Matcher token =
                    Pattern.compile("\"access_token\"\\s*:\\s*\"([^\"]+)\"").matcher(body);
            assertThat(token.find()).as(body).isTrue();
            return SignedJWT.parse(token.group(1));
        }
    }
}
