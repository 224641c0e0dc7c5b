package io.fincore.api.security;

import static org.springframework.http.HttpMethod.DELETE;
import static org.springframework.http.HttpMethod.GET;
import static org.springframework.http.HttpMethod.PATCH;
import static org.springframework.http.HttpMethod.POST;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;

/**
 * Who may do what: one row for each operation, and all of it stands here. The filter chain enforces it, the OpenAPI description shows it,
 * and the API does not start when an operation has no row, or a row no operation. A POST with a token needs an Idempotency-Key as well,
 * unless its row says otherwise. What a new row needs besides: a row in AuthorizationMatrix, the test that tries each operation with every
 * wrong token, and without a key.
 */
public final class AccessRules {

    private static final String WEBHOOKS = "webhooks:manage";

    public static final List<AccessRule> ALL = Stream.of(
                    signed(POST, "/v1/inbound/bank/events", "/v1/inbound/kyc/events"),
                    scope("customers:write", GET, "/v1/customers/{id}"),
                    keyOptional(scope("customers:write", POST, "/v1/customers")),
                    scope(
                            "customers:write",
                            GET,
                            "/v1/customers/{id}/activations",
                            "/v1/customers/{id}/activations/{activation}"),
                    scope("customers:write", POST, "/v1/customers/{id}/activations"),
                    scope(
                            "wallets:read",
                            GET,
                            "/v1/wallets",
                            "/v1/wallets/{id}",
                            "/v1/wallets/{id}/balance",
                            "/v1/wallets/{id}/transactions",
                            "/v1/wallets/{id}/statement"),
                    scope(
                            "wallets:write",
                            POST,
                            "/v1/wallets/{id}/deposits",
                            "/v1/wallets/{id}/withdrawals",
                            "/v1/transfers",
                            "/v1/transfers/batch"),
                    keyOptional(scope(
                            "wallets:write",
                            POST,
                            "/v1/wallets",
                            "/v1/wallets/{id}/freeze",
                            "/v1/wallets/{id}/unfreeze",
                            "/v1/wallets/{id}/close")),
                    scope(
                            "payments:read",
                            GET,
                            "/v1/payments",
                            "/v1/payments/{id}",
                            "/v1/payments/{id}/timeline",
                            "/v1/payments/{id}/refunds",
                            "/v1/refunds/{id}"),
                    scope("payments:write", POST, "/v1/payments"),
                    keyOptional(scope("payments:write", POST, "/v1/payments/{id}/cancellations")),
                    scope("refunds:write", POST, "/v1/payments/{id}/refunds"),
                    role(
                            "cases:write",
                            Role.COMPLIANCE_OFFICER,
                            GET,
                            "/v1/compliance-cases",
                            "/v1/compliance-cases/{id}"),
                    role("cases:write", Role.COMPLIANCE_OFFICER, POST, "/v1/compliance-cases/{id}/resolutions"),
                    keyOptional(role(
                            "cases:write",
                            Role.COMPLIANCE_OFFICER,
                            POST,
                            "/v1/compliance-cases/{id}/assignments",
                            "/v1/compliance-cases/{id}/notes")),
                    role(
                            "admin",
                            Role.OPERATOR,
                            GET,
                            "/v1/admin/sagas",
                            "/v1/admin/sagas/{id}",
                            "/v1/admin/sagas/{id}/compensation-plan",
                            "/v1/admin/sagas/{id}/interventions/{intervention}"),
                    role(
                            "admin",
                            Role.OPERATOR,
                            POST,
                            "/v1/admin/sagas/{id}/interventions",
                            "/v1/admin/sagas/{id}/interventions/{intervention}/approvals"),
                    role(
                            "admin",
                            Role.ADMIN,
                            GET,
                            "/v1/admin/book-checks",
                            "/v1/admin/book-checks/{id}",
                            "/v1/admin/audit-entries",
                            "/v1/admin/audit-anchors"),
                    role("admin", Role.ADMIN, POST, "/v1/admin/book-checks"),
                    scope("customers:write", GET, "/v1/customers/{id}/erasures/{erasure}"),
                    scope("customers:write", POST, "/v1/customers/{id}/erasures"),
                    keyOptional(scope("customers:write", POST, "/v1/customers/{id}/erasures/{erasure}/cancellations")),
                    role("admin", Role.ADMIN, GET, "/v1/admin/erasures"),
                    // Officers' notes are in it.
                    role("admin", Role.ADMIN, GET, "/v1/customers/{id}/export"),
                    scope("payments:read", GET, "/v1/events", "/v1/events/{id}"),
                    scope(
                            WEBHOOKS,
                            GET,
                            "/v1/webhook-endpoints",
                            "/v1/webhook-endpoints/{id}",
                            "/v1/webhook-endpoints/{id}/deliveries",
                            "/v1/webhook-endpoints/{id}/deliveries/{delivery}"),
                    keyOptional(scope(
                            WEBHOOKS,
                            POST,
                            "/v1/webhook-endpoints",
                            "/v1/webhook-endpoints/{id}/secret-rotations",
                            "/v1/webhook-endpoints/{id}/pause",
                            "/v1/webhook-endpoints/{id}/resume",
                            "/v1/webhook-endpoints/{id}/replays",
                            "/v1/webhook-endpoints/{id}/deliveries/{delivery}/resends")),
                    scope(WEBHOOKS, PATCH, "/v1/webhook-endpoints/{id}"),
                    scope(WEBHOOKS, DELETE, "/v1/webhook-endpoints/{id}"),
                    role("admin", Role.OPERATOR, GET, "/v1/admin/inbound-events", "/v1/admin/inbound-events/{id}"),
                    keyOptional(role(
                            "admin",
                            Role.OPERATOR,
                            POST,
                            "/v1/admin/inbound-replays",
                            "/v1/admin/inbound-events/{id}/replays")),
                    keyless(scope(CodecCookie.SCOPE, POST, "/v1/admin/codec/decode")),
                    // A form, and what is put into it: a token.
                    open(GET, "/v1/admin/codec/sign-in"),
                    open(POST, "/v1/admin/codec/sign-in"))
            .flatMap(rules -> rules)
            .toList();

    private AccessRules() {}

    /** @param path as its controller has it; what has no row takes no key */
    public static KeyUse key(String method, String path) {
        return ALL.stream()
                .filter(rule ->
                        rule.method().name().equals(method) && rule.path().equals(path))
                .map(AccessRule::key)
                .findAny()
                .orElse(KeyUse.NONE);
    }

    private static Stream<AccessRule> open(HttpMethod method, String... paths) {
        return rules(null, null, method, paths);
    }

    /** By the provider, with a secret of its own. */
    private static Stream<AccessRule> signed(HttpMethod method, String... paths) {
        return open(method, paths);
    }

    private static Stream<AccessRule> scope(String scope, HttpMethod method, String... paths) {
        return rules(scope, null, method, paths);
    }

    private static Stream<AccessRule> role(String scope, Role role, HttpMethod method, String... paths) {
        return rules(scope, role, method, paths);
    }

    private static Stream<AccessRule> rules(
            @Nullable String scope, @Nullable Role role, HttpMethod method, String... paths) {
        KeyUse key = method.equals(POST) && scope != null ? KeyUse.REQUIRED : KeyUse.NONE;
        return Arrays.stream(paths).map(path -> new AccessRule(method, path, scope, role, key));
    }

    /** It moves no money, and whoever does it twice by mistake has done no harm. */
    private static Stream<AccessRule> keyOptional(Stream<AccessRule> rules) {
        return rules.map(rule -> rule.with(KeyUse.OPTIONAL));
    }

    /** It changes nothing. */
    private static Stream<AccessRule> keyless(Stream<AccessRule> rules) {
        return rules.map(rule -> rule.with(KeyUse.NONE));
    }
}
