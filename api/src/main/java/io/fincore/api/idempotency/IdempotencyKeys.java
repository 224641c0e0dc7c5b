package io.fincore.api.idempotency;

import io.fincore.api.audit.RequestOrigin;
import io.fincore.api.database.Columns;
import io.fincore.api.problem.ProblemException;
import io.fincore.api.problem.ProblemType;
import io.fincore.audit.Origin;
import io.fincore.money.IdType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The table of keys. A claim is taken before anything is done, and holds the answer afterwards. */
@Component
public class IdempotencyKeys {

    /** How long a claim stands without an answer before a repetition takes it over. */
    static final Duration LOCK = Duration.ofSeconds(30);

    private static final Duration RETRY = Duration.ofSeconds(1);

    private final JdbcClient jdbc;

    IdempotencyKeys(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Looks without claiming, so that a request that fails its checks leaves nothing behind.
     *
     * @return empty if the key is new
     * @throws ProblemException if the first request is in flight, or was another one
     */
    public Optional<Lookup> find(IdempotentCall call) {
        return select(call).map(row -> {
            if (!row.fingerprint().equals(call.fingerprint())) {
                throw reused();
            }
            if (row.answer() != null) {
                return new Lookup.Answered(row.answer().asReplay());
            }
            if (row.locked()) {
                throw inFlight();
            }
            return new Lookup.Abandoned();
        });
    }

    /**
     * Claims the key, or takes over a claim whose lock has run out. What the caller's transaction then changes is audited as this
     * request's.
     *
     * @param resourceId used if the key is new
     * @param document JSON, kept if the key is new
     * @throws ProblemException if the first request is in flight, or was another one
     */
    public Claim claim(IdempotentCall call, String resourceId, @Nullable String document) {
        // Twice at most: between a lost claim and the look at the winner's row, the winner may free it.
        for (int round = 0; round < 2; round++) {
            Optional<Claim.Won> won = insertOrTakeOver(call, resourceId, document);
            if (won.isPresent()) {
                return won.get();
            }
            if (find(call).orElse(null) instanceof Lookup.Answered answered) {
                return new Claim.Answered(answered.answer());
            }
        }
        throw inFlight();
    }

    /**
     * Claims those of the keys that were never claimed, in an order of their own so that two who claim the same keys do not wait for each
     * other.
     *
     * @param patience for every lock that the transaction waits for, from here on
     * @return empty for a key that was used before, or that comes a second time
     */
    List<Optional<Claim.Won>> claimNew(List<IdempotentCall> calls, Duration patience) {
        Instant now = Instant.now();
        List<Claim.Won> claims = calls.stream()
                .map(call -> new Claim.Won(call, IdType.REQUEST.next(), 1, null, call.correlationId(), now))
                .toList();
        Set<List<String>> keys = new HashSet<>();
        List<Claim.Won> distinct = claims.stream()
                .filter(claim -> keys.add(List.of(
                        claim.call().caller().tenant(),
                        claim.call().caller().principal(),
                        claim.call().operation(),
                        claim.call().key())))
                .toList();
        // The settings are those of the transaction: no wait for a lock is longer, and no whole table is read, as it
        // would be by a plan
        // from the day when it was empty.
        Set<String> won = Set.copyOf(jdbc.sql("""
                WITH settings AS MATERIALIZED (
                    SELECT set_config('lock_timeout', ?, true), set_config('enable_seqscan', 'off', true))
                INSERT INTO intake.idempotency_key
                    (tenant, principal, operation, idempotency_key, fingerprint, resource_id, correlation_id, locked_until)
                SELECT tenant, principal, operation, key, fingerprint, resource_id, correlation_id,
                       clock_timestamp() + ? * interval '1 second'
                  FROM settings,
                       unnest(?, ?, ?, ?, ?, ?, ?)
                           AS claim (tenant, principal, operation, key, fingerprint, resource_id, correlation_id)
                 ORDER BY tenant, principal, operation, key
                ON CONFLICT DO NOTHING
                RETURNING resource_id
                """)
                .params(
                        patience.toMillis() + "ms",
                        LOCK.toSeconds(),
                        strings(distinct, claim -> claim.call().caller().tenant()),
                        strings(distinct, claim -> claim.call().caller().principal()),
                        strings(distinct, claim -> claim.call().operation()),
                        strings(distinct, claim -> claim.call().key()),
                        strings(distinct, claim -> claim.call().fingerprint()),
                        strings(distinct, Claim.Won::resourceId),
                        strings(distinct, Claim.Won::correlationId))
                .query(String.class)
                .list());
        return claims.stream()
                .map(claim -> Optional.of(claim).filter(each -> won.contains(each.resourceId())))
                .toList();
    }

    /** @param answers to claims of {@link #claimNew}, in the same transaction */
    void completeNew(Map<Claim.Won, Answer> answers) {
        int stored = jdbc.sql("""
                UPDATE intake.idempotency_key claim
                   SET answered_at = clock_timestamp(), status = answer.status, content_type = answer.content_type,
                       location = answer.location, body = answer.body
                  FROM unnest(?, ?, ?, ?, ?) AS answer (resource_id, status, content_type, location, body)
                 WHERE claim.resource_id = answer.resource_id
                """)
                .params(
                        strings(answers.keySet(), Claim.Won::resourceId),
                        answers.values().stream().map(Answer::status).toArray(Integer[]::new),
                        strings(answers.values(), Answer::contentType),
                        strings(answers.values(), Answer::location),
                        answers.values().stream().map(Answer::body).toArray(byte[][]::new))
                .update();
        if (stored != answers.size()) {
            throw new IllegalStateException(stored + " of " + answers.size() + " answers have a claim");
        }
    }

    /** Takes claims of {@link #claimNew} back, in the same transaction. */
    void giveUp(List<Claim.Won> claims) {
        if (claims.isEmpty()) {
            return;
        }
        int given = jdbc.sql("SELECT intake.give_up_claims(?)")
                .param(strings(claims, Claim.Won::resourceId))
                .query(Integer.class)
                .single();
        if (given != claims.size()) {
            throw new IllegalStateException(given + " of " + claims.size() + " claims could be given up");
        }
    }

    private static <T> String[] strings(Collection<T> values, Function<T, @Nullable String> field) {
        return values.stream().map(field).toArray(String[]::new);
    }

    /** @return the answer that counts: of several holders of one claim the first to answer */
    public Answer complete(Claim.Won claim, Answer answer) {
        int stored = scoped(claim.call(), """
                UPDATE intake.idempotency_key
                SET answered_at = clock_timestamp(), status = :status, content_type = :contentType, location = :location,
                    body = :body
                WHERE tenant = :tenant AND principal = :principal AND operation = :operation AND idempotency_key = :key
                  AND answered_at IS NULL
                """)
                .param("status", answer.status())
                .param("contentType", answer.contentType())
                .param("location", answer.location())
                .param("body", answer.body())
                .update();
        return stored == 1
                ? answer
                : select(claim.call())
                        .map(Row::answer)
                        .map(Answer::asReplay)
                        .orElseThrow(() -> new IllegalStateException("a claim has neither an answer nor a holder"));
    }

    /** Lets a repetition take over at once. */
    public void release(Claim.Won claim) {
        lockUntil(claim, Duration.ZERO);
    }

    /** Keeps the claim for a request that will wait. */
    public void extend(Claim.Won claim, Duration wait) {
        lockUntil(claim, LOCK.plus(wait));
    }

    /** Temporal has confirmed the workflow: from now on readers see the resource. */
    public void markStarted(Claim.Won claim) {
        scoped(claim.call(), """
                UPDATE intake.idempotency_key SET started_at = coalesce(started_at, clock_timestamp())
                WHERE tenant = :tenant AND principal = :principal AND operation = :operation AND idempotency_key = :key
                """).update();
    }

    private void lockUntil(Claim.Won claim, Duration fromNow) {
        scoped(claim.call(), """
                UPDATE intake.idempotency_key SET locked_until = clock_timestamp() + :seconds * interval '1 second'
                WHERE tenant = :tenant AND principal = :principal AND operation = :operation AND idempotency_key = :key
                  AND attempt = :attempt AND answered_at IS NULL
                """)
                .param("attempt", claim.attempt())
                .param("seconds", fromNow.toSeconds())
                .update();
    }

    private Optional<Claim.Won> insertOrTakeOver(IdempotentCall call, String resourceId, @Nullable String document) {
        return scoped(call, """
                INSERT INTO intake.idempotency_key AS claim
                    (tenant, principal, operation, idempotency_key, fingerprint, resource_id, document, correlation_id,
                     locked_until)
                VALUES (:tenant, :principal, :operation, :key, :fingerprint, :resourceId, :document::jsonb, :correlationId,
                        clock_timestamp() + :lockSeconds * interval '1 second')
                ON CONFLICT (tenant, principal, operation, idempotency_key) DO UPDATE
                    SET locked_until = excluded.locked_until, attempt = claim.attempt + 1
                    WHERE claim.answered_at IS NULL AND claim.locked_until <= clock_timestamp()
                      AND claim.fingerprint = excluded.fingerprint
                RETURNING resource_id, attempt, document::text, correlation_id, created_at, set_config(:originSetting, :origin, true)
                """)
                .param("originSetting", Origin.SETTING)
                .param("origin", RequestOrigin.current().map(Origin::toJson).orElse(""))
                .param("fingerprint", call.fingerprint())
                .param("resourceId", resourceId)
                .param("document", document)
                .param("correlationId", call.correlationId())
                .param("lockSeconds", LOCK.toSeconds())
                .query((row, number) -> new Claim.Won(
                        call,
                        row.getString("resource_id"),
                        row.getInt("attempt"),
                        row.getString("document"),
                        row.getString("correlation_id"),
                        Columns.instant(row, "created_at")))
                .optional();
    }

    private Optional<Row> select(IdempotentCall call) {
        return scoped(call, """
                SELECT fingerprint, status, content_type, location, body, locked_until > clock_timestamp() AS locked
                FROM intake.idempotency_key
                WHERE tenant = :tenant AND principal = :principal AND operation = :operation AND idempotency_key = :key
                """).query((row, number) -> row(row)).optional();
    }

    private JdbcClient.StatementSpec scoped(IdempotentCall call, String sql) {
        return jdbc.sql(sql)
                .param("tenant", call.caller().tenant())
                .param("principal", call.caller().principal())
                .param("operation", call.operation())
                .param("key", call.key());
    }

    private static Row row(ResultSet row) throws SQLException {
        int status = row.getInt("status");
        Answer answer = row.wasNull()
                ? null
                : new Answer(
                        status, row.getString("content_type"), row.getString("location"), row.getBytes("body"), false);
        return new Row(row.getString("fingerprint"), answer, row.getBoolean("locked"));
    }

    private static ProblemException inFlight() {
        return new ProblemException(
                ProblemType.IDEMPOTENCY_KEY_IN_FLIGHT,
                "The first request with this key is still being answered.",
                RETRY);
    }

    private static ProblemException reused() {
        return new ProblemException(
                ProblemType.IDEMPOTENCY_KEY_REUSED, "This key was used with another path or body before.");
    }

    /** A key that was seen before. */
    public sealed interface Lookup {

        record Answered(Answer answer) implements Lookup {}

        /** Claimed but never answered; what was done under it is not known. */
        record Abandoned() implements Lookup {}
    }

    private record Row(String fingerprint, @Nullable Answer answer, boolean locked) {}
}
