package io.fincore.providers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fincore.money.IdType;
import io.fincore.providers.CallGuard.Call;
import io.fincore.providers.CallGuard.Refused;
import io.fincore.providers.Reply.Cause;
import io.fincore.providers.Reply.Told;
import io.fincore.providers.Reply.Untold;
import io.opentelemetry.api.OpenTelemetry;
import java.net.http.HttpRequest;
import java.time.Clock;

/**
 * A provider of verifications that speaks JSON over HTTP/1.1. {@code POST /kyc/checks} takes {@code check_id}, {@code name}, {@code
 * date_of_birth} and {@code country}; it and {@code GET /kyc/checks/{id}} answer with {@code check_id}, {@code status} ({@code
 * approved}, {@code rejected}, {@code referred} or {@code pending}), {@code reference} and {@code reason}.
 *
 * <p>Only an answer about this very check is believed. Everything else is {@link KycAnswer.Unavailable}, a 4xx too: it judges the
 * request or its sender, not the customer.
 *
 * <p>Thread-safe. Nothing is retried here.
 */
public final class HttpKyc implements Kyc, AutoCloseable {

    private static final String CHECKS = "/kyc/checks";

    private final ProviderClient client;

    /** @param openTelemetry what records a client span per call and puts its trace context into the request */
    public HttpKyc(KycSettings settings, Resilience resilience, OpenTelemetry openTelemetry) {
        this(settings, resilience, openTelemetry, Clock.systemUTC());
    }

    HttpKyc(KycSettings settings, Resilience resilience, OpenTelemetry openTelemetry, Clock clock) {
        this.client = new ProviderClient(settings.endpoint(), resilience, openTelemetry, clock);
    }

    @Override
    public KycAnswer verify(KycCheck check) {
        HttpRequest.Builder request = client.request(CHECKS)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", check.checkId())
                .POST(HttpRequest.BodyPublishers.ofString(body(check)));
        return switch (ask(request, "POST " + CHECKS, check.checkId())) {
            case Told<KycAnswer> told -> told.answer();
            case Untold<KycAnswer> untold -> unavailable(untold);
        };
    }

    @Override
    public KycAnswer inquire(String checkId) {
        String path = CHECKS + "/" + IdType.ACTIVATION.require(checkId);
        return switch (ask(client.request(path).GET(), "GET " + CHECKS + "/{id}", checkId)) {
            case Told<KycAnswer> told -> told.answer();
            case Untold<KycAnswer> untold ->
                untold.cause() == Cause.NOT_FOUND ? new KycAnswer.NotKnown() : unavailable(untold);
        };
    }

    /** Ends the connections; calls under way are awaited. */
    @Override
    public void close() {
        client.close();
    }

    private Reply<KycAnswer> ask(HttpRequest.Builder request, String route, String checkId) {
        Question<KycAnswer> question = new Question<>(
                request.header("Accept", "application/json"),
                route,
                "fincore.check_id",
                checkId,
                (status, body) -> status == 200 ? read(body, checkId) : Reply.ofStatus(status));
        return switch (client.enter()) {
            case Refused refused -> new Told<>(new KycAnswer.Unavailable(refused.detail(), refused.retryAfter()));
            case Call call -> client.run(call, question);
        };
    }

    private static String body(KycCheck check) {
        ObjectNode body = Json.object().put("check_id", check.checkId()).put("name", check.customerName());
        if (check.dateOfBirth() != null) {
            body.put("date_of_birth", check.dateOfBirth().toString());
        }
        if (check.country() != null) {
            body.put("country", check.country());
        }
        return body.toString();
    }

    private static Reply<KycAnswer> read(String body, String checkId) {
        JsonNode answer = Json.read(body);
        if (!answer.isObject()) {
            return unclear("the answer is not a JSON object");
        }
        if (!checkId.equals(answer.path("check_id").asText())) {
            return unclear("the answer is about another check");
        }
        String reference = Json.words(answer.path("reference"));
        String reason = Json.words(answer.path("reason"));
        return switch (answer.path("status").asText()) {
            case "approved" -> new Told<>(new KycAnswer.Approved(reference));
            case "rejected" -> new Told<>(new KycAnswer.Rejected(reference, reason));
            case "referred" -> new Told<>(new KycAnswer.Referred(reference, reason));
            case "pending" -> new Told<>(new KycAnswer.Pending(reference));
            default -> unclear("the answer has an unknown status");
        };
    }

    private static Reply<KycAnswer> unclear(String detail) {
        return new Untold<>(Cause.UNCLEAR, detail);
    }

    private static KycAnswer unavailable(Untold<KycAnswer> untold) {
        return new KycAnswer.Unavailable(untold.detail(), untold.retryAfter());
    }
}
