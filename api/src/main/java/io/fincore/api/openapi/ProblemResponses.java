package io.fincore.api.openapi;

import io.fincore.api.problem.ProblemType;
import io.fincore.api.security.AccessRules;
import io.fincore.api.security.KeyUse;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.examples.Example;
import io.swagger.v3.oas.models.media.ArraySchema;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springdoc.core.customizers.OpenApiCustomizer;

/** Gives every operation its problems, with an example of each. */
final class ProblemResponses implements OpenApiCustomizer {

    private static final String SCHEMA = "Problem";

    @Override
    public void customise(OpenAPI api) {
        api.getComponents().addSchemas(SCHEMA, schema());
        Arrays.stream(ProblemType.values())
                .forEach(type -> api.getComponents().addExamples(type.code(), example(type)));
        api.getPaths()
                .forEach((path, item) ->
                        item.readOperationsMap().forEach((method, operation) -> addProblems(path, method, operation)));
    }

    private static void addProblems(String path, HttpMethod method, Operation operation) {
        Arrays.stream(ProblemType.values())
                .filter(type -> concerns(type, path, method))
                .collect(Collectors.groupingBy(type -> type.status().value(), TreeMap::new, Collectors.toList()))
                .forEach((status, types) -> {
                    MediaType problem = new MediaType().schema(new Schema<>().$ref("#/components/schemas/" + SCHEMA));
                    types.forEach(type -> problem.addExamples(
                            type.code(), new Example().$ref("#/components/examples/" + type.code())));
                    operation
                            .getResponses()
                            .addApiResponse(
                                    Integer.toString(status),
                                    new ApiResponse()
                                            .description(types.stream()
                                                    .map(ProblemType::title)
                                                    .collect(Collectors.joining("; ")))
                                            .content(new Content().addMediaType("application/problem+json", problem)));
                });
    }

    /** Whether an operation can answer with the problem. */
    static boolean concerns(ProblemType type, String path, HttpMethod method) {
        boolean post = method == HttpMethod.POST;
        return switch (type) {
            case IDEMPOTENCY_KEY_MISSING -> AccessRules.key(method.name(), path) == KeyUse.REQUIRED;
            case IDEMPOTENCY_KEY_INVALID, IDEMPOTENCY_KEY_IN_FLIGHT, IDEMPOTENCY_KEY_REUSED ->
                AccessRules.key(method.name(), path) != KeyUse.NONE;
            case INVALID_REQUEST -> (post || method == HttpMethod.PATCH) && !path.startsWith("/v1/inbound");
            case BODY_TOO_LARGE, REQUEST_TIMEOUT, UNSUPPORTED_MEDIA_TYPE -> post || method == HttpMethod.PATCH;
            case WEBHOOK_ENDPOINT_NOT_FOUND -> path.startsWith("/v1/webhook-endpoints/{id}");
            case WEBHOOK_DELIVERY_NOT_FOUND -> path.contains("/deliveries/{delivery}");
            case EVENT_NOT_FOUND -> path.startsWith("/v1/events/{id}");
            case WEBHOOK_ENDPOINT_DISABLED ->
                path.endsWith("/resends") || isWebhookReplay(path) || path.endsWith("/pause");
            case TOO_MANY_WEBHOOK_ENDPOINTS -> post && path.equals("/v1/webhook-endpoints");
            case REPLAY_TOO_LARGE -> isWebhookReplay(path);
            // A token that is sent is looked at, even where none is needed.
            case UNAUTHENTICATED -> true;
            case INSUFFICIENT_SCOPE, RATE_LIMITED -> !path.startsWith("/v1/inbound");
            case INSUFFICIENT_ROLE ->
                path.startsWith("/v1/admin") || path.startsWith("/v1/compliance-cases") || path.endsWith("/export");
            case SIGNATURE_INVALID -> path.startsWith("/v1/inbound");
            case PAYMENT_NOT_FOUND -> path.startsWith("/v1/payments/{id}");
            case REFUND_NOT_FOUND -> path.startsWith("/v1/refunds/{id}");
            case ACTIVATION_NOT_FOUND -> path.contains("/activations/{activation}");
            case SAGA_NOT_FOUND -> path.startsWith("/v1/admin/sagas/{id}");
            case INTERVENTION_NOT_FOUND -> path.contains("/interventions/{intervention}");
            case BOOK_CHECK_NOT_FOUND -> path.startsWith("/v1/admin/book-checks/{id}");
            case INBOUND_EVENT_NOT_FOUND -> path.startsWith("/v1/admin/inbound-events/{id}");
            case INBOUND_EVENT_PENDING, INBOUND_EVENT_DONE -> path.equals("/v1/admin/inbound-events/{id}/replays");
            case ERASURE_NOT_FOUND -> path.contains("/erasures/{erasure}");
            case ERASURE_IN_PROGRESS -> post && path.endsWith("/erasures");
            case CUSTOMER_ERASED ->
                post && (path.contains("/erasures") || path.endsWith("/activations") || path.equals("/v1/wallets"));
            case CASE_NOT_FOUND -> path.startsWith("/v1/compliance-cases/{id}");
            case CASE_RESOLVER_IS_CREATOR -> path.endsWith("/resolutions") || path.endsWith("/assignments");
            case CASE_ALREADY_RESOLVED -> isCaseUpdate(path);
            case CUSTOMER_NOT_FOUND -> path.startsWith("/v1/customers/{id}") || path.equals("/v1/wallets");
            case WALLET_NOT_FOUND ->
                path.startsWith("/v1/wallets/{id}")
                        || transfers(path)
                        || (post && (path.equals("/v1/payments") || path.endsWith("/activations")));
            case CURRENCY_MISMATCH -> post && (movesMoney(path) || path.equals("/v1/payments"));
            case WALLET_PENDING_ACTIVATION ->
                post && (movesMoney(path) || path.equals("/v1/payments") || path.endsWith("freeze"));
            case WALLET_FROZEN ->
                post && (movesMoney(path) || path.equals("/v1/payments") || path.endsWith("/activations"));
            case WALLET_CLOSED ->
                post
                        && (movesMoney(path)
                                || path.equals("/v1/payments")
                                || path.endsWith("/activations")
                                || path.endsWith("freeze"));
            case WALLET_NOT_EMPTY -> path.endsWith("/close");
            case WALLET_ACTIVE, ACTIVATION_IN_PROGRESS -> post && path.endsWith("/activations");
            case BALANCE_TOO_LARGE -> path.endsWith("/deposits") || transfers(path);
            case INSUFFICIENT_FUNDS -> path.endsWith("/withdrawals") || transfers(path);
            case PAYMENT_CANCELLED -> post && path.endsWith("/refunds");
            case PAYMENT_COMPLETED, PAYMENT_PARTIALLY_REFUNDED -> isPaymentCancellation(path);
            case PAYMENT_PENDING,
                    PAYMENT_IN_REVIEW,
                    PAYMENT_PROCESSING,
                    PAYMENT_REQUIRES_MANUAL_INTERVENTION,
                    PAYMENT_REJECTED,
                    PAYMENT_FAILED,
                    PAYMENT_REFUNDED -> isPaymentCancellation(path) || (post && path.endsWith("/refunds"));
            case PRECONDITION_FAILED -> isConditional(path, method);
            case REFUND_EXCEEDS_REMAINDER -> post && path.endsWith("/refunds");
            case INTERVENTION_NOT_POSSIBLE -> post && (path.endsWith("/interventions") || path.endsWith("/approvals"));
            case INTERVENTION_NEEDS_ANOTHER_PERSON -> path.endsWith("/approvals");
            case WORKFLOW_ENGINE_UNAVAILABLE -> post && (startsWorkflow(path) || isUpdate(path));
            case PAYLOAD_KEY_MISSING -> post && isUpdate(path);
            case NOT_FOUND, METHOD_NOT_ALLOWED, ORIGIN_NOT_ALLOWED -> false;
            case MALFORMED_REQUEST,
                    INVALID_PARAMETER,
                    NOT_ACCEPTABLE,
                    INTERNAL_ERROR,
                    SERVICE_UNAVAILABLE,
                    OVERLOADED -> true;
        };
    }

    private static boolean isConditional(String path, HttpMethod method) {
        return method == HttpMethod.PATCH
                || method == HttpMethod.DELETE
                || path.endsWith("freeze")
                || path.endsWith("/close")
                || isPaymentCancellation(path)
                || path.endsWith("/resolutions")
                || path.endsWith("/assignments");
    }

    private static boolean isWebhookReplay(String path) {
        return path.equals("/v1/webhook-endpoints/{id}/replays");
    }

    private static boolean isPaymentCancellation(String path) {
        return path.equals("/v1/payments/{id}/cancellations");
    }

    private static boolean startsWorkflow(String path) {
        return path.equals("/v1/payments")
                || path.endsWith("/refunds")
                || path.endsWith("/activations")
                || path.endsWith("/erasures")
                || path.equals("/v1/admin/book-checks");
    }

    private static boolean movesMoney(String path) {
        return path.endsWith("/deposits") || path.endsWith("/withdrawals") || transfers(path);
    }

    private static boolean transfers(String path) {
        return path.startsWith("/v1/transfers");
    }

    private static boolean isUpdate(String path) {
        return path.endsWith("/cancellations")
                || isCaseUpdate(path)
                || path.endsWith("/interventions")
                || path.endsWith("/approvals");
    }

    private static boolean isCaseUpdate(String path) {
        return path.endsWith("/resolutions") || path.endsWith("/assignments") || path.endsWith("/notes");
    }

    private static Example example(ProblemType type) {
        return new Example().summary(type.title()).value(ProblemWords.of(type).example(type));
    }

    private static Schema<?> schema() {
        Schema<?> error = object().required(List.of("pointer", "detail"))
                .addProperty("pointer", text("JSON pointer into the body, or the name of a parameter"))
                .addProperty("detail", text("what is expected there"));
        Schema<?> problem = object().description("Problem details (RFC 9457)")
                .addProperty("type", text("stable URI of the kind of problem").format("uri"))
                .addProperty("title", text("the kind in words"))
                .addProperty("status", typed("integer").description("as in the status line"))
                .addProperty("detail", text("this occurrence in words"))
                .addProperty("instance", text("path of the request"))
                .addProperty("code", text("stable; the last part of `type`"))
                .addProperty("request_id", text("as in the Request-Id header"))
                .addProperty("correlation_id", text("as in the Correlation-Id header"))
                .addProperty(
                        "errors",
                        new ArraySchema()
                                .items(error)
                                .types(java.util.Set.of("array"))
                                .description("what is wrong, each by its place; absent when there is nothing to name"));
        problem.setRequired(
                List.of("type", "title", "status", "detail", "instance", "code", "request_id", "correlation_id"));
        return problem;
    }

    private static Schema<?> object() {
        return typed("object");
    }

    private static Schema<?> text(String description) {
        return typed("string").description(description);
    }

    private static Schema<?> typed(String type) {
        return new Schema<>().types(java.util.Set.of(type));
    }
}
