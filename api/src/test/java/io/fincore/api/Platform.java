package io.fincore.api;

import io.fincore.money.IdType;
import io.fincore.postgres.DatabaseRole;
import io.fincore.postgres.EmbeddedDatabase;
import io.fincore.workflows.TaskQueues;
import io.fincore.workflows.compliance.CaseOrder;
import io.fincore.workflows.compliance.ComplianceCaseWorkflow;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import org.awaitility.Awaitility;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the API runs on. One is shared by all tests that harm nothing in it. */
final class Platform {

    static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    static final String PAYLOAD_KEY = "test:Kb3FZ0hYHqYkqvVvTgB0Cq2x8iGJm1mQGJm3r1Ck1Wg=";
    static final String KYC_SECRET = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

    static {
        // Awaitility's ten seconds are less than a busy machine takes for some steps.
        Awaitility.setDefaultTimeout(Duration.ofMinutes(1));
    }

    private static final class Shared {
        static final Platform PLATFORM = new Platform(true);
        static final ConfigurableApplicationContext API = PLATFORM.startApi();
    }

    final EmbeddedDatabase database = EmbeddedDatabase.create();
    final MockOAuth2Server issuer = new MockOAuth2Server();
    final int temporalPort = freePort();
    private final FakeTemporal temporal = new FakeTemporal(temporalPort, database.as(DatabaseRole.WORKER));

    static Platform shared() {
        return Shared.PLATFORM;
    }

    /** The API that runs on the shared platform. */
    static Api sharedApi() {
        return new Api(Shared.PLATFORM, Shared.API);
    }

    private Platform(boolean withTemporal) {
        issuer.start();
        if (withTemporal) {
            temporal.start();
        }
    }

    /** A platform of the test's own, whose Temporal is down until it is started. */
    static Platform withoutTemporal() {
        return new Platform(false);
    }

    FakeTemporal temporal() {
        return temporal;
    }

    /** @param overrides name and value in turn */
    ConfigurableApplicationContext startApi(String... overrides) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "server.port",
                "0",
                "management.server.port",
                "0",
                "fincore.database.url",
                database.jdbcUrl(),
                "fincore.temporal.target",
                "127.0.0.1:" + temporalPort,
                "fincore.security.issuer",
                issuer.issuerUrl("fincore").toString(),
                "fincore.inbound.bank.secret",
                SECRET,
                "fincore.inbound.poll-interval",
                "100ms",
                "fincore.kyc.webhook-secret",
                KYC_SECRET,
                "fincore.payments.acceptance-timeout",
                "3s",
                "logging.level.root",
                "warn"));
        settings.put("fincore.payloads.keys", PAYLOAD_KEY);
        // All tests come from one address, and some with nothing but wrong tokens.
        settings.put("fincore.limits.failed-tokens-per-second", "0");
        for (int i = 0; i < overrides.length; i += 2) {
            settings.put(overrides[i], overrides[i + 1]);
        }
        return new SpringApplicationBuilder(ApiApplication.class)
                .run(settings.entrySet().stream()
                        .map(setting -> "--" + setting.getKey() + "=" + setting.getValue())
                        .toArray(String[]::new));
    }

    /** As when the process died between what a request did and its answer, and the claim's lock has run out. */
    void loseAnswer(String key) {
        JdbcClient.create(database.asSuperuser()).sql("""
                        UPDATE intake.idempotency_key
                           SET answered_at = NULL, status = NULL, content_type = NULL, location = NULL, body = NULL,
                               locked_until = now()
                         WHERE idempotency_key = ?""").param(key).update();
    }

    /**
     * As when Temporal's retention has passed too: it knows nothing of the id, under which the test has put what was written.
     *
     * @param id of what the request has made
     */
    void loseAnswer(String key, String id) {
        loseAnswer(key);
        JdbcClient.create(database.asSuperuser())
                .sql("UPDATE intake.idempotency_key SET resource_id = ? WHERE idempotency_key = ?")
                .params(id, key)
                .update();
    }

    /** As a payment does that needs a review. */
    void startCase(String tenant, String caseId) {
        ComplianceCaseWorkflow workflow = temporal.client()
                .newWorkflowStub(
                        ComplianceCaseWorkflow.class,
                        WorkflowOptions.newBuilder()
                                .setWorkflowId(ComplianceCaseWorkflow.workflowId(caseId))
                                .setTaskQueue(TaskQueues.PAYMENTS)
                                .build());
        WorkflowClient.start(
                workflow::run, new CaseOrder(caseId, IdType.PAYMENT.next(), tenant, "ada", List.of("x"), null));
    }

    /** As the activation saga does in the end. */
    void activate(String wallet) {
        JdbcClient.create(database.as(DatabaseRole.WORKER))
                .sql("SELECT ledger.activate_wallet(?)")
                .param(wallet)
                .query((row, number) -> true)
                .single();
    }

    static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
