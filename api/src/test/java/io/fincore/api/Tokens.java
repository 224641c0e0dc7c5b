package io.fincore.api;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import io.fincore.api.Api.User;
import java.io.IOException;
import java.text.ParseException;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.token.DefaultOAuth2TokenCallback;

/** Tokens that look like a user's and are wrong in one respect. */
record Tokens(MockOAuth2Server issuer, User user) {

    static Tokens of(User user) {
        return new Tokens(user.api().platform().issuer, user);
    }

    String right() {
        return issued("fincore", "fincore-api", claims(), 60);
    }

    String expired() {
        return issued("fincore", "fincore-api", claims(), -600);
    }

    String forOthers() {
        return issued("fincore", "someone-else", claims(), 60);
    }

    String ofOthers() {
        return issued("strangers", "fincore-api", claims(), 60);
    }

    /** @param changed null for a claim that is left out */
    String with(String claim, Object changed) {
        Map<String, Object> claims = claims();
        if (changed instanceof String text && text.isEmpty()) {
            claims.remove(claim);
        } else {
            claims.put(claim, changed);
        }
        return issued("fincore", "fincore-api", claims, 60);
    }

    String unsigned() {
        return new PlainJWT(claimSet()).serialize();
    }

    /** Signed with what everybody knows: the issuer's public key, taken for a secret. */
    String signedWithThePublicKey() {
        try {
            RSAKey key = JWKSet.load(issuer.jwksUrl("fincore").url())
                    .getKeys()
                    .getFirst()
                    .toRSAKey();
            SignedJWT token = new SignedJWT(
                    new JWSHeader.Builder(JWSAlgorithm.HS256)
                            .keyID(key.getKeyID())
                            .type(JOSEObjectType.JWT)
                            .build(),
                    claimSet());
            token.sign(new MACSigner(key.toRSAPublicKey().getEncoded()));
            return token.serialize();
        } catch (IOException | ParseException | JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private JWTClaimsSet claimSet() {
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer(issuer.issuerUrl("fincore").toString())
                .audience("fincore-api")
                .expirationTime(Date.from(Instant.now().plusSeconds(60)));
        claims().forEach(claims::claim);
        return claims.build();
    }

    private Map<String, Object> claims() {
        return new HashMap<>(Map.of(
                "sub", user.principal(), "tenant", user.tenant(), "scope", user.scopes(), "roles", user.roles()));
    }

    private String issued(String by, String audience, Map<String, Object> claims, long seconds) {
        return issuer.issueToken(
                        by,
                        "client",
                        new DefaultOAuth2TokenCallback(
                                by, user.principal(), JOSEObjectType.JWT.getType(), List.of(audience), claims, seconds))
                .serialize();
    }
}
