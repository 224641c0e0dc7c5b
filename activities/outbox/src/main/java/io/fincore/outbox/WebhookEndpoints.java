package io.fincore.outbox;

import io.fincore.money.IdType;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The endpoints of clients, as the API keeps them. Each method joins the caller's transaction; one that changes an endpoint wants it
 * {@linkplain #lock locked} before.
 */
public final class WebhookEndpoints {

    /** How long the secret before the newest signs as well. */
    public static final Duration OVERLAP = Duration.ofHours(24);

    private static final int SECRET_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private static final String SELECT = """
        SELECT id, tenant, principal, url, description, types, status, status_reason, version, created_at, updated_at,
               ARRAY(SELECT key FROM jsonb_each_text(metadata) ORDER BY key) AS metadata_keys,
               ARRAY(SELECT value FROM jsonb_each_text(metadata) ORDER BY key) AS metadata_values
          FROM outbox.endpoint
         WHERE status <> 'deleted'
        """;

    private final JdbcClient jdbc;

    /** @param dataSource connects as the API; the one whose transactions are joined */
    public WebhookEndpoints(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /** An endpoint and the secret that its deliveries are signed with, which nobody can read here again. */
    public record Created(WebhookEndpoint endpoint, String secret) {

        @Override
        public String toString() {
            return "Created[" + endpoint.id() + "]";
        }
    }

    /**
     * Creates an endpoint, unless the principal has as many as it may. Two requests of one principal wait for each other.
     *
     * @return empty if there are {@code most} already
     */
    public Optional<Created> create(NewEndpoint order, int most) {
        jdbc.sql("SELECT pg_advisory_xact_lock(hashtextextended('outbox.endpoint ' || :tenant || ' ' ||"
                        + " :principal, 0))")
                .param("tenant", order.tenant())
                .param("principal", order.principal())
                .query((row, number) -> true)
                .single();
        if (ofPrincipal(order.tenant(), order.principal()).size() >= most) {
            return Optional.empty();
        }
        String id = IdType.WEBHOOK_ENDPOINT.next();
        jdbc.sql("""
            INSERT INTO outbox.endpoint (id, tenant, principal, url, description, types, metadata)
            VALUES (:id, :tenant, :principal, :url, :description, :types, jsonb_object(:metadata::text[]))\
            """)
                .param("id", id)
                .param("tenant", order.tenant())
                .param("principal", order.principal())
                .param("url", order.url())
                .param("description", order.description())
                .param("types", order.types().toArray(String[]::new))
                .param("metadata", Columns.flatten(order.metadata()))
                .update();
        return Optional.of(
                new Created(find(order.tenant(), order.principal(), id).orElseThrow(), addSecret(id)));
    }

    /** Empty for a deleted one too, and for one of somebody else. */
    public Optional<WebhookEndpoint> find(String tenant, String principal, String id) {
        return find(tenant, principal, id, "");
    }

    /**
     * The endpoint, which nobody else changes, and to which nobody adds deliveries, before the caller's transaction ends. Empty for one
     * of somebody else, which is neither locked nor waited for.
     */
    public Optional<WebhookEndpoint> lock(String tenant, String principal, String id) {
        return find(tenant, principal, id, "FOR UPDATE");
    }

    /**
     * The same for who adds deliveries: nobody else changes the endpoint meanwhile, or adds deliveries by this lock. Events that happen
     * reach it all the same; whoever dispatches them does so for all clients, and must not wait for what one of them asks for.
     */
    public Optional<WebhookEndpoint> lockForDeliveries(String tenant, String principal, String id) {
        return find(tenant, principal, id, "FOR NO KEY UPDATE");
    }

    private Optional<WebhookEndpoint> find(String tenant, String principal, String id, String lock) {
        return jdbc.sql(SELECT + " AND id = :id AND tenant = :tenant AND principal = :principal " + lock)
                .param("id", id)
                .param("tenant", tenant)
                .param("principal", principal)
                .query(WebhookEndpoints::read)
                .optional();
    }

    /** Newest first. */
    public List<WebhookEndpoint> ofPrincipal(String tenant, String principal) {
        return jdbc.sql(SELECT + " AND tenant = :tenant AND principal = :principal ORDER BY id DESC")
                .param("tenant", tenant)
                .param("principal", principal)
                .query(WebhookEndpoints::read)
                .list();
    }

    /**
     * Stores url, description, types, status and metadata of an endpoint that was there before. With another URL or status its rest is
     * over.
     */
    public WebhookEndpoint save(WebhookEndpoint changed) {
        jdbc.sql("""
            UPDATE outbox.endpoint
               SET url = :url, description = :description, types = :types, status = :status, status_reason = :reason,
                   resting_until = CASE WHEN url = :url AND status = :status THEN resting_until END,
                   rests = CASE WHEN url = :url AND status = :status THEN rests ELSE 0 END,
                   metadata = jsonb_object(:metadata::text[]), version = version + 1, updated_at = clock_timestamp()
             WHERE id = :id AND status <> 'deleted'\
            """)
                .param("id", changed.id())
                .param("url", changed.url())
                .param("description", changed.description())
                .param("types", changed.types().toArray(String[]::new))
                .param("status", changed.status().code())
                .param("reason", changed.statusReason())
                .param("metadata", Columns.flatten(changed.metadata()))
                .update();
        return find(changed.tenant(), changed.principal(), changed.id()).orElseThrow();
    }

    /** What waits for the endpoint is due now, whenever its next attempt would have been. */
    public void bringForward(String id) {
        jdbc.sql("""
            UPDATE outbox.delivery SET next_attempt_at = clock_timestamp()
             WHERE endpoint_id = :id AND status = 'pending' AND next_attempt_at > clock_timestamp()\
            """).param("id", id).update();
    }

    /** Deletes an endpoint, for clients: what it was sent stays on record, what waits for it is skipped. */
    public void delete(String id) {
        jdbc.sql("""
            UPDATE outbox.endpoint SET status = 'deleted', version = version + 1, updated_at = clock_timestamp()
             WHERE id = :id AND status <> 'deleted'\
            """).param("id", id).update();
        jdbc.sql("""
            UPDATE outbox.delivery SET status = 'skipped', settled_at = clock_timestamp()
             WHERE endpoint_id = :id AND status = 'pending'\
            """).param("id", id).update();
        jdbc.sql("""
            UPDATE outbox.endpoint_secret SET expires_at = clock_timestamp()
             WHERE endpoint_id = :id AND (expires_at IS NULL OR expires_at > clock_timestamp())\
            """).param("id", id).update();
    }

    /** Makes a new secret. The one before signs as well for {@link #OVERLAP}; older ones no more. */
    public String rotate(String id) {
        jdbc.sql("""
            UPDATE outbox.endpoint_secret
               SET expires_at = CASE WHEN expires_at IS NULL THEN clock_timestamp() + :overlap * interval '1 second'
                                     ELSE clock_timestamp() END
             WHERE endpoint_id = :id AND (expires_at IS NULL OR expires_at > clock_timestamp())\
            """).param("id", id).param("overlap", OVERLAP.toSeconds()).update();
        return addSecret(id);
    }

    private String addSecret(String endpointId) {
        byte[] key = new byte[SECRET_BYTES];
        RANDOM.nextBytes(key);
        String secret = "whsec_" + Base64.getEncoder().encodeToString(key);
        jdbc.sql("INSERT INTO outbox.endpoint_secret (endpoint_id, secret) VALUES (:id, :secret)")
                .param("id", endpointId)
                .param("secret", secret)
                .update();
        return secret;
    }

    private static WebhookEndpoint read(ResultSet row, int number) throws SQLException {
        @Nullable String description = row.getString("description");
        @Nullable String reason = row.getString("status_reason");
        return new WebhookEndpoint(
                row.getString("id"),
                row.getString("tenant"),
                row.getString("principal"),
                row.getString("url"),
                description,
                Columns.texts(row, "types"),
                EndpointStatus.ofCode(row.getString("status")),
                reason,
                Columns.metadata(row),
                row.getLong("version"),
                Columns.instant(row, "created_at"),
                Columns.instant(row, "updated_at"));
    }
}
