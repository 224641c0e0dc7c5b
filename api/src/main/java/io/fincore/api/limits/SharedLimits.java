package io.fincore.api.limits;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.github.bucket4j.TimeMeter;
import io.micrometer.core.instrument.Counter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who has used how much of a limit that all replicas share. A request never waits for the database: its own process's bucket answers, and one
 * thread tells the shared one afterwards, a portion at a time, and learns what the others have used. While that cannot be told, each process
 * keeps to the limit by itself.
 */
final class SharedLimits implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SharedLimits.class);

    /** Clients of one limit that are remembered; the rarest are forgotten first, and begin afresh. */
    private static final int MOST = 20_000;

    private static final Duration TIDY_EVERY = Duration.ofMinutes(1);

    /** How long a database that did not answer is left alone. */
    private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final SharedBuckets shared;
    private final Counter unshared;
    private final TimeMeter clock = TimeMeter.SYSTEM_NANOTIME;
    private final ScheduledExecutorService reporter = Executors.newSingleThreadScheduledExecutor(
            Thread.ofVirtual().name("limits").factory());
    private final Future<?> tidying;
    private volatile long failedAtNanos = clock.currentTimeNanos() - PAUSE_NANOS;

    /** @param unshared counts reports that could not be made */
    SharedLimits(SharedBuckets shared, Counter unshared) {
        this.shared = shared;
        this.unshared = unshared;
        this.tidying = reporter.scheduleWithFixedDelay(this::tidy, 0, TIDY_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** The clients of one limit, as this process knows them. */
    LoadingCache<List<String>, Allowance> clientsOf(Limit limit) {
        return Caffeine.newBuilder()
                .maximumSize(MOST)
                // By then the bucket is full, as a new one is.
                .expireAfterAccess(limit.refill().plus(TIDY_EVERY))
                .build(client -> new Allowance(limit, clock));
    }

    /** Takes a token, and sees to it that it is told. */
    Taken take(LoadingCache<List<String>, Allowance> clients, List<String> client) {
        Allowance allowance = clients.get(client);
        Taken taken = allowance.take();
        if (!taken.isRefused() && allowance.isToBeReported()) {
            tell(client, allowance);
        }
        return taken;
    }

    private void tell(List<String> client, Allowance allowance) {
        if (isLeftAlone()) {
            allowance.notReported();
            return;
        }
        try {
            reporter.execute(() -> report(client, allowance));
        } catch (RejectedExecutionException closing) {
            allowance.notReported();
        }
    }

    private boolean isLeftAlone() {
        return clock.currentTimeNanos() - failedAtNanos < PAUSE_NANOS;
    }

    private void report(List<String> client, Allowance allowance) {
        if (isLeftAlone()) {
            // Others waited for the report that failed.
            allowance.notReported();
            return;
        }
        try {
            Limit limit = allowance.limit();
            allowance.reported(shared.report(key(limit, client), limit, allowance.toReport()));
        } catch (RuntimeException away) {
            failed(away);
            allowance.notReported();
        }
    }

    private void tidy() {
        try {
            shared.tidy();
        } catch (RuntimeException away) {
            failed(away);
        }
    }

    private void failed(RuntimeException away) {
        failedAtNanos = clock.currentTimeNanos();
        unshared.increment();
        LOG.warn("limits are kept by this process alone, as the database did not answer: {}", away.toString());
    }

    /** Of bounded length, whatever names clients have, and without the names. */
    private static String key(Limit limit, List<String> client) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : client) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
                digest.update(bytes);
            }
            return limit.name() + "/" + limit.perSecond() + "/" + limit.burst() + "/"
                    + Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void close() {
        tidying.cancel(true);
        reporter.shutdownNow();
    }
}
