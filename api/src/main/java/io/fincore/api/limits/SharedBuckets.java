package io.fincore.api.limits;

import io.fincore.api.database.LimitsDatabase;
import io.github.bucket4j.TimeMeter;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.jdbc.PrimaryKeyMapper;
import io.github.bucket4j.distributed.proxy.ProxyManager;
import io.github.bucket4j.postgresql.Bucket4jPostgreSQL;
import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The buckets that all replicas share, in PostgreSQL. Each call is a transaction on a connection that nobody else uses, and none is made for a
 * request that is refused.
 */
final class SharedBuckets {

    /** A row is kept for so long after its bucket is full again. */
    private static final Duration KEPT = Duration.ofMinutes(1);

    private final JdbcClient jdbc;
    private final ProxyManager<String> buckets;
    private volatile long clockOffsetMillis;

    SharedBuckets(LimitsDatabase database) {
        this.jdbc = JdbcClient.create(database.dataSource());
        this.buckets = Bucket4jPostgreSQL.selectForUpdateBasedBuilder(database.dataSource())
                .primaryKeyMapper(PrimaryKeyMapper.STRING)
                .table("intake.rate_limit")
                .expirationAfterWrite(ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(KEPT))
                .clientClock(new DatabaseClock())
                .build();
    }

    /**
     * Takes what has been used from a bucket, be it there or not.
     *
     * @return what is left; less than nothing if there was less
     * @throws RuntimeException if the database does not do it in time
     */
    long report(String key, Limit limit, long used) {
        return buckets.builder()
                .build(key, limit::configuration)
                .asVerbose()
                .consumeIgnoringRateLimits(used)
                .getDiagnostics()
                .getAvailableTokens();
    }

    /** Forgets buckets that are full again, and asks what time it is. */
    void tidy() {
        long before = System.currentTimeMillis();
        long database = jdbc.sql("SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint")
                .query(Long.class)
                .single();
        clockOffsetMillis = database - (before + System.currentTimeMillis()) / 2;
        jdbc.sql("SELECT intake.forget_rate_limits()").query(Integer.class).single();
    }

    /** The database's, so that a replica whose clock is ahead does not fill what others use. */
    private final class DatabaseClock implements TimeMeter {

        @Override
        public long currentTimeNanos() {
            return (System.currentTimeMillis() + clockOffsetMillis) * 1_000_000;
        }

        @Override
        public boolean isWallClockBased() {
            return true;
        }
    }
}
