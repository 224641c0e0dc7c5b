package io.fincore.api.security;

import com.github.benmanes.caffeine.cache.Ticker;
import com.nimbusds.jose.RemoteKeySourceException;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.io.IOException;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The issuer's public keys, as it last told them. It is asked when the first token comes, again beside the requests when the answer is
 * five minutes old, and at once for a key that is not among them; but never by two at a time, and not again within moments: what tokens
 * name a key that nobody has must not become the issuer's burden. While it is away, the keys that are known go on working for a day, which is
 * longer than its tokens live; whether another key is its own cannot be told then.
 */
final class IssuerKeys implements JWKSource<SecurityContext> {

    /** Then the issuer is asked anew, and keys that it has withdrawn are forgotten. */
    static final Duration FRESH = Duration.ofMinutes(5);

    /** Keys that the issuer has not confirmed for so long are not believed. */
    static final Duration MOST_AGE = Duration.ofDays(1);

    /** Not asked again so soon, if it has answered. */
    static final Duration PAUSE = Duration.ofSeconds(10);

    /** The same if it has not. */
    static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(IssuerKeys.class);

    private final Issuer issuer;
    private final Ticker ticker;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile @Nullable Answer last;
    private volatile @Nullable Attempt attempt;

    /** Asks for the keys. */
    interface Issuer {

        JWKSet keys() throws IOException, ParseException;
    }

    private record Answer(JWKSet keys, long nanos) {}

    private record Attempt(long nanos, @Nullable Exception failure) {}

    IssuerKeys(Issuer issuer, Ticker ticker) {
        this.issuer = issuer;
        this.ticker = ticker;
    }

    /** @throws RemoteKeySourceException if no key fits, and the issuer could not be asked for another */
    @Override
    public List<JWK> get(JWKSelector wanted, @Nullable SecurityContext context) throws RemoteKeySourceException {
        List<JWK> fitting = known(wanted);
        if (fitting.isEmpty()) {
            return ask(wanted);
        }
        if (isOlder(last, FRESH) && mayAsk() && !asking.isLocked()) {
            Thread.ofVirtual().name("issuer-keys").start(this::refresh);
        }
        return fitting;
    }

    private List<JWK> known(JWKSelector wanted) {
        Answer answer = last;
        return answer == null || isOlder(answer, MOST_AGE) ? List.of() : wanted.select(answer.keys());
    }

    private List<JWK> ask(JWKSelector wanted) throws RemoteKeySourceException {
        Exception failure = refresh();
        List<JWK> fitting = known(wanted);
        if (fitting.isEmpty() && failure != null) {
            throw new RemoteKeySourceException("the issuer's keys cannot be had", failure);
        }
        return fitting;
    }

    /** Whoever comes while another one asks gets the same answer. */
    private @Nullable Exception refresh() {
        asking.lock();
        try {
            Attempt made = attempt;
            if (made == null || mayAsk()) {
                made = attempt();
                attempt = made;
            }
            return made.failure();
        } finally {
            asking.unlock();
        }
    }

    private Attempt attempt() {
        try {
            last = new Answer(issuer.keys(), ticker.read());
            return new Attempt(ticker.read(), null);
        } catch (IOException | ParseException | RuntimeException failure) {
            LOG.warn("the token issuer's keys cannot be had: {}", failure.toString());
            return new Attempt(ticker.read(), failure);
        }
    }

    private boolean mayAsk() {
        Attempt before = attempt;
        return before == null
                || ticker.read() - before.nanos() >= (before.failure() == null ? PAUSE : PAUSE_AFTER_FAILURE).toNanos();
    }

    private boolean isOlder(@Nullable Answer answer, Duration age) {
        return answer != null && ticker.read() - answer.nanos() >= age.toNanos();
    }
}
