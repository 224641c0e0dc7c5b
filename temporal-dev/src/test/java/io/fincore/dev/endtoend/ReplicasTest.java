package io.fincore.dev.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fincore.dev.demo.ApiClient;
import io.fincore.dev.endtoend.Payer.Order;
import io.fincore.dev.payments.TemporalPayments;
import io.fincore.dev.simulator.BankBehaviour;
import io.fincore.dev.stack.ApiProcess;
import io.fincore.dev.stack.Stack;
import io.fincore.dev.stack.TemporalProcess;
import io.grpc.StatusRuntimeException;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.workflowservice.v1.DeleteWorkflowExecutionRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.jdbc.core.simple.JdbcClient;

/** One Idempotency-Key is one payment: through which replica of the API ever, whichever process dies, and after Temporal has forgotten. */
@ExtendWith(SharedPlatform.class)
class ReplicasTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration SOON = Duration.ofMinutes(2);
    private static final int REQUESTS = 50;

    private final Stack stack;
    private final Audit audit;
    private final JdbcClient jdbc;
    private final ApiProcess second;
    private final Payer payer;
    private ApiClient one;
    private ApiClient two;

    ReplicasTest(SharedPlatform.Running platform) {
        stack = platform.stack();
        audit = platform.audit();
        jdbc = JdbcClient.create(stack.postgres().asSuperuser());
        second = stack.addApi("api-second");
        payer = Payer.withDeposit(new PatientClient(stack, "client"), 1_000_000);
    }

    @BeforeEach
    void startTheSecond() {
        second.start();
        second.awaitHealthy(SOON);
        one = new ApiClient(stack.api().url(), stack.issuer().tokenEndpoint(), "client", "endtoend");
        two = new ApiClient(second.url(), stack.issuer().tokenEndpoint(), "client", "endtoend");
    }

    @AfterEach
    void allBooksAgree() {
        second.stop();
        audit.awaitQuiet(SOON);
        assertThat(audit.violations()).isEmpty();
    }

    @Test
    void fiftyRequestsAtOnceOverTwoReplicasAreOnePayment() {
        Order order = payer.order(1_234, BankBehaviour.SETTLES_AT_ONCE);

        List<HttpResponse<String>> answers;
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            answers = IntStream.range(0, REQUESTS)
                    .mapToObj(number ->
                            CompletableFuture.supplyAsync(() -> pay(number % 2 == 0 ? one : two, order), clients))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();
        }

        List<HttpResponse<String>> refused =
                answers.stream().filter(answer -> answer.statusCode() != 202).toList();
        List<String> accepted = answers.stream()
                .filter(answer -> answer.statusCode() == 202)
                .map(HttpResponse::body)
                .distinct()
                .toList();
        assertThat(accepted).hasSize(1);
        assertThat(refused).allSatisfy(answer -> {
            assertThat(answer.statusCode()).isEqualTo(409);
            assertThat(answer.body()).contains("\"code\":\"idempotency_key_in_flight\"");
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        });
        assertThat(List.of(pay(one, order), pay(two, order))).allSatisfy(again -> {
            assertThat(again.body()).isEqualTo(accepted.getFirst());
            assertThat(again.headers().firstValue("Idempotent-Replayed")).contains("true");
        });
        Order other = new Order(order.key(), payer.walletId(), 4_321, order.creditorName(), order.creditorIban());
        assertThat(List.of(pay(one, other), pay(two, other))).allSatisfy(reused -> {
            assertThat(reused.statusCode()).isEqualTo(422);
            assertThat(reused.body()).contains("\"code\":\"idempotency_key_reused\"");
        });
        assertThat(payments()).containsExactly(id(accepted.getFirst()));
    }

    @Test
    void goesOnWithThePaymentOfAReplicaThatDiedBeforeItCouldStartIt() {
        Order order = payer.order(2_345, BankBehaviour.SETTLES_AT_ONCE);
        stack.temporal().kill();
        String claimed;
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<HttpResponse<String>> unanswered = clients.submit(() -> two.exchange(request(two, order)));
            Waiting.require("the key is claimed", () -> claimed(order).size() == 1);
            claimed = claimed(order).getFirst();
            second.kill();
            assertThatThrownBy(unanswered::get).hasCauseInstanceOf(IOException.class);
        }
        assertThat(payments()).isEmpty();
        stack.temporal().start();
        stack.temporal().awaitHealthy(SOON);

        PatientClient.Answer answer = payer.pay(order);

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.id()).isEqualTo(claimed);
        assertThat(payments()).containsExactly(claimed);
    }

    @Test
    void replaysWhatTemporalHasForgotten() {
        Order order = payer.order(3_456, BankBehaviour.SETTLES_AT_ONCE);
        HttpResponse<String> first = pay(one, order);
        String id = id(first.body());
        Waiting.require(
                "the payment ends",
                () -> jdbc.sql("SELECT status FROM payments.payment WHERE id = ?")
                        .param(id)
                        .query(String.class)
                        .single()
                        .equals("completed"));

        forget("payment/" + id);
        HttpResponse<String> again = pay(two, order);

        assertThat(again.statusCode()).isEqualTo(first.statusCode());
        assertThat(again.body()).isEqualTo(first.body());
        assertThat(again.headers().firstValue("Idempotent-Replayed")).contains("true");
        assertThat(payments()).containsExactly(id);
    }

    /** What the end of the namespace's retention does; that cannot be made shorter than an hour. */
    private void forget(String workflowId) {
        try (TemporalPayments temporal = new TemporalPayments(stack.temporal())) {
            temporal.client()
                    .getWorkflowServiceStubs()
                    .blockingStub()
                    .deleteWorkflowExecution(DeleteWorkflowExecutionRequest.newBuilder()
                            .setNamespace(TemporalProcess.NAMESPACE)
                            .setWorkflowExecution(WorkflowExecution.newBuilder().setWorkflowId(workflowId))
                            .build());
            Waiting.require(workflowId + " is forgotten", () -> isForgotten(temporal, workflowId));
        }
    }

    private static boolean isForgotten(TemporalPayments temporal, String workflowId) {
        try {
            temporal.client().fetchHistory(workflowId);
            return false;
        } catch (StatusRuntimeException gone) {
            return gone.getStatus().getCode() == io.grpc.Status.Code.NOT_FOUND;
        }
    }

    private static HttpResponse<String> pay(ApiClient client, Order order) {
        try {
            return client.exchange(request(client, order));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HttpRequest request(ApiClient client, Order order) {
        return client.request("/v1/payments")
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", order.key())
                .POST(HttpRequest.BodyPublishers.ofString(
                        JSON.valueToTree(order.body()).toString()))
                .build();
    }

    private List<String> claimed(Order order) {
        return jdbc.sql(
                        "SELECT resource_id FROM intake.idempotency_key WHERE idempotency_key = ? AND answered_at IS NULL")
                .param(order.key())
                .query(String.class)
                .list();
    }

    /** Of this test's payer. */
    private List<String> payments() {
        return jdbc.sql("SELECT id FROM payments.payment WHERE source = ?")
                .param(payer.walletId())
                .query(String.class)
                .list();
    }

    private static String id(String body) {
        try {
            return JSON.readTree(body).path("id").asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
