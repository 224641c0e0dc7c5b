package io.fincore.dev.histories;

import com.sun.net.httpserver.HttpServer;
import io.fincore.dev.payments.TemporalPayments;
import io.fincore.dev.stack.Stack;
import io.fincore.outbox.NewEndpoint;
import io.fincore.outbox.NewEvent;
import io.fincore.outbox.Outbox;
import io.fincore.outbox.WebhookEndpoints;
import io.fincore.postgres.DatabaseRole;
import io.fincore.workflows.webhook.WebhookEndpointWorkflow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Deliveries to a client's endpoint: one that arrives at once, one that arrives when it is repeated. */
final class WebhookScenarios {

    private static final String OWNER = "ada";

    private final TemporalPayments payments;
    private final WebhookEndpoints endpoints;
    private final Outbox outbox;

    WebhookScenarios(Stack stack, TemporalPayments payments) {
        this.payments = payments;
        this.endpoints = new WebhookEndpoints(stack.postgres().as(DatabaseRole.API));
        this.outbox = new Outbox(stack.postgres().as(DatabaseRole.WORKER));
    }

    /** @return the workflows by the name of their path */
    Map<String, String> play() {
        return Map.of(
                "webhook-delivered", deliver("payment.created", 0),
                "webhook-delivered-when-repeated", deliver("payment.completed", 1));
    }

    /** @return the workflow, which has ended */
    private String deliver(String type, int refusals) {
        AtomicInteger calls = new AtomicInteger();
        HttpServer receiver = receiver();
        receiver.createContext("/", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(calls.incrementAndGet() <= refusals ? 503 : 204, -1);
            }
        });
        receiver.start();
        try {
            String endpoint = endpoints
                    .create(new NewEndpoint("acme", OWNER, url(receiver), null, List.of(type), Map.of()), 10)
                    .orElseThrow()
                    .endpoint()
                    .id();
            outbox.append(new NewEvent("acme", OWNER, type, "pay_1", "{}"));
            String workflowId = WebhookEndpointWorkflow.workflowId(endpoint);
            Pause.until("a webhook is delivered", () -> calls.get() > refusals);
            payments.client().newUntypedWorkflowStub(workflowId).getResult(Void.class);
            return workflowId;
        } finally {
            receiver.stop(0);
        }
    }

    private static HttpServer receiver() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String url(HttpServer receiver) {
        return "http://127.0.0.1:" + receiver.getAddress().getPort() + "/";
    }
}
