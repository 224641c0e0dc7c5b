package io.fincore.decision;

import io.fincore.money.Currency;
import io.fincore.money.Money;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Counts and sums per source, kept in pieces of five minutes. A window covers at least its length and at most five
 * minutes more, and has no end: what was reserved for a later time by a clock that is ahead counts too.
 */
final class VelocityLimits {

    private static final Duration PIECE = Duration.ofMinutes(5);

    /** The row is locked also where the condition keeps it from being updated: no dead row per payment. */
    private static final String LOCK = """
            INSERT INTO decision.limit_source (tenant, source) VALUES (:tenant, :source)
            ON CONFLICT (tenant, source) DO UPDATE SET source = excluded.source WHERE false""";

    private static final String RESERVED = """
            SELECT coalesce(sum(payment_count), 0)::bigint AS payment_count,
                   least(coalesce(sum(amount_sum) FILTER (WHERE currency = :currency), 0), :most)::bigint
                       AS amount_sum
            FROM decision.limit_window
            WHERE tenant = :tenant AND source = :source AND starts_at >= :from""";

    private static final String RESERVE = """
            INSERT INTO decision.limit_window AS piece
                (tenant, source, starts_at, currency, payment_count, amount_sum)
            VALUES (:tenant, :source, :startsAt, :currency, 1, :amount)
            ON CONFLICT (tenant, source, starts_at, currency) DO UPDATE
            SET payment_count = piece.payment_count + 1,
                amount_sum = piece.amount_sum + excluded.amount_sum""";

    private final JdbcClient jdbc;

    VelocityLimits(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Until the transaction ends nobody else reads or reserves for this source. */
    void lock(String tenant, String source) {
        jdbc.sql(LOCK).param("tenant", tenant).param("source", source).update();
    }

    /** What is reserved in the window that ends with this time. Call {@link #lock} first. */
    Velocity reserved(String tenant, String source, Currency currency, Instant at, Duration window) {
        return jdbc.sql(RESERVED)
                .param("currency", currency.code())
                .param("most", Long.MAX_VALUE)
                .param("tenant", tenant)
                .param("source", source)
                .param("from", database(pieceOf(at).minus(window)))
                .query((row, number) -> new Velocity(row.getLong("payment_count"), row.getLong("amount_sum")))
                .single();
    }

    /** @return the piece that the payment is now counted in */
    Instant reserve(String tenant, String source, Money amount, Instant at) {
        Instant piece = pieceOf(at);
        jdbc.sql(RESERVE)
                .param("tenant", tenant)
                .param("source", source)
                .param("startsAt", database(piece))
                .param("currency", amount.currency().code())
                .param("amount", amount.minorUnits())
                .update();
        return piece;
    }

    private static Instant pieceOf(Instant at) {
        long seconds = at.getEpochSecond();
        return Instant.ofEpochSecond(seconds - Math.floorMod(seconds, PIECE.toSeconds()));
    }

    private static OffsetDateTime database(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
