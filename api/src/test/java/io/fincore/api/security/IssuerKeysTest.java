package io.fincore.api.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.RemoteKeySourceException;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.fincore.api.problem.ProblemException;
import io.fincore.api.problem.ProblemType;
import io.fincore.api.settings.FincoreProperties;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jwt.BadJwtException;

class IssuerKeysTest {

    private static final URI ISSUER = URI.create("http://127.0.0.1/fincore");

    private static RSAKey one;
    private static RSAKey two;

    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger asked = new AtomicInteger();
    private volatile boolean down;
    private volatile JWKSet published = first();
    private volatile @Nullable CountDownLatch slow;
    private final IssuerKeys keys = new IssuerKeys(this::answer, nanos::get);
    private final TokenDecoder decoder =
            new TokenDecoder(new FincoreProperties.Security(ISSUER, "fincore-api"), keys, UnaryOperator.identity());

    @BeforeAll
    static void makeKeys() throws JOSEException {
        one = new RSAKeyGenerator(2048).keyID("one").generate();
        two = new RSAKeyGenerator(2048).keyID("two").generate();
    }

    private static JWKSet first() {
        return new JWKSet(one.toPublicJWK());
    }

    private JWKSet answer() throws IOException {
        asked.incrementAndGet();
        CountDownLatch until = slow;
        if (until != null) {
            try {
                until.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
        }
        if (down) {
            throw new IOException("down");
        }
        return published;
    }

    private List<JWK> get(String id) throws RemoteKeySourceException {
        return keys.get(new JWKSelector(new JWKMatcher.Builder().keyID(id).build()), null);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void asksOnceForWhatItKnows() throws Exception {
        for (int i = 0; i < 100; i++) {
            assertThat(get("one")).hasSize(1);
        }

        assertThat(asked).hasValue(1);
    }

    @Test
    void tokensOfUnknownKeysDoNotBurdenTheIssuer() throws Exception {
        get("one");
        pass(IssuerKeys.PAUSE);
        slow = new CountDownLatch(1);

        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<JWK>>> answers = IntStream.range(0, 50)
                    .mapToObj(number -> threads.submit(() -> get("unknown " + number)))
                    .toList();
            Awaitility.await().until(() -> asked.get() == 2);
            // Known keys do not wait for that.
            assertThat(get("one")).hasSize(1);
            slow.countDown();
            for (Future<List<JWK>> answer : answers) {
                assertThat(answer.get()).isEmpty();
            }
        }
        pass(IssuerKeys.PAUSE.minusNanos(1));
        assertThat(get("another")).isEmpty();
        assertThat(asked).hasValue(2);
    }

    @Test
    void findsANewKeyAtOnce() throws Exception {
        get("one");
        published = new JWKSet(List.of(one.toPublicJWK(), two.toPublicJWK()));
        pass(IssuerKeys.PAUSE);

        assertThat(get("two")).hasSize(1);
        assertThat(asked).hasValue(2);
    }

    @Test
    void forgetsAWithdrawnKeyWithoutHavingAnyoneWait() throws Exception {
        get("one");
        published = new JWKSet(two.toPublicJWK());
        pass(IssuerKeys.FRESH);

        assertThat(get("one")).hasSize(1);

        Awaitility.await().until(() -> get("one").isEmpty());
        assertThat(get("two")).hasSize(1);
        assertThat(asked).hasValue(2);
    }

    @Test
    void knownKeysGoOnWorkingWhileTheIssuerIsDown() throws Exception {
        get("one");
        down = true;
        pass(IssuerKeys.MOST_AGE.minusNanos(1));

        assertThat(get("one")).hasSize(1);
        assertThat(decoder.decode(token(one)).getSubject()).isEqualTo("ada");
        assertThatThrownBy(() -> get("two")).isInstanceOf(RemoteKeySourceException.class);

        pass(Duration.ofNanos(1));
        assertThatThrownBy(() -> get("one")).isInstanceOf(RemoteKeySourceException.class);
    }

    @Test
    void asksAnIssuerThatIsDownOnceASecond() {
        down = true;
        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> get("one")).isInstanceOf(RemoteKeySourceException.class);
        }
        assertThat(asked).hasValue(1);

        pass(IssuerKeys.PAUSE_AFTER_FAILURE);
        down = false;
        assertThat(keysOf("one")).hasSize(1);
        assertThat(asked).hasValue(2);
    }

    @Test
    void whatCannotBeToldIsNotRefused() throws Exception {
        get("one");
        down = true;
        pass(IssuerKeys.PAUSE);

        assertThatThrownBy(() -> decoder.decode(token(two)))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.type()).isEqualTo(ProblemType.SERVICE_UNAVAILABLE));

        down = false;
        pass(IssuerKeys.PAUSE_AFTER_FAILURE);
        assertThatThrownBy(() -> decoder.decode(token(two))).isInstanceOf(BadJwtException.class);
    }

    private List<JWK> keysOf(String id) {
        try {
            return get(id);
        } catch (RemoteKeySourceException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aTokenLivesAMinuteLongerThanItSaysAndNotForEver() throws Exception {
        Instant now = Instant.now();

        assertThat(decoder.decode(token(one, now.minusSeconds(30))).getSubject())
                .isEqualTo("ada");
        assertThatThrownBy(() -> decoder.decode(
                        token(one, now.minus(TokenDecoder.CLOCK_SKEW).minusSeconds(5))))
                .isInstanceOf(BadJwtException.class);
        assertThatThrownBy(() -> decoder.decode(token(one, null))).isInstanceOf(BadJwtException.class);
    }

    private static String token(RSAKey key) throws JOSEException {
        return token(key, Instant.now().plusSeconds(60));
    }

    private static String token(RSAKey key, @Nullable Instant expiry) throws JOSEException {
        SignedJWT token = new SignedJWT(
                new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(key.getKeyID()).build(),
                new JWTClaimsSet.Builder()
                        .issuer(ISSUER.toString())
                        .audience("fincore-api")
                        .subject("ada")
                        .claim("tenant", "acme")
                        .expirationTime(expiry == null ? null : Date.from(expiry))
                        .build());
        token.sign(new RSASSASigner(key));
        return token.serialize();
    }
}
