package io.fincore.api;

import io.fincore.api.Api.User;
import io.fincore.money.IdType;
import java.net.http.HttpRequest;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;

/** How each operation is called so that the right caller succeeds, and whose objects it shows. */
final class AuthorizationMatrix {

    /** Who else finds what one principal owns. */
    enum Reach {
        /** Nobody: others get the same 404 as for nothing. */
        OWN,
        /** Others of the tenant do. */
        TENANT,
        /** A list: others get it without. */
        OWN_LIST,
        /** A list: others of the tenant get it too. */
        TENANT_LIST,
        /** It belongs to nobody, or to whoever creates it. */
        EVERYBODY,
        /** It is for a provider that signs. */
        SIGNED
    }

    /** @param notFound the code of the 404 for others; empty where there is none */
    record Row(String operation, Reach reach, String notFound, int right, Function<Ground, Call> call) {}

    record Call(String method, String path, String body) {

        private static final Pattern ID = Pattern.compile("([a-z]{3,4})_[0-9a-z]{26}");

        /** The same of what does not exist. */
        Call ofNothing() {
            return new Call(method, unknown(path), unknown(body));
        }

        private static String unknown(String text) {
            return ID.matcher(text).replaceAll(id -> Arrays.stream(IdType.values())
                    .map(IdType::next)
                    .filter(other -> other.startsWith(id.group(1) + "_"))
                    .findAny()
                    .orElseThrow());
        }

        HttpRequest.Builder request(User user) {
            HttpRequest.Builder request = user.api().request(path);
            return method.equals("GET")
                    ? request.GET()
                    : request.header("Content-Type", "application/json")
                            .header("Idempotency-Key", IdType.REQUEST.next())
                            .method(method, HttpRequest.BodyPublishers.ofString(body));
        }
    }

    private static final String NO_ENDPOINT = "webhook_endpoint_not_found";
    private static final String REASON = "{\"reason\":\"asked\"}";
    private static final String MONEY = "{\"amount\":1,\"currency\":\"EUR\"}";
    private static final String PERIOD = "?from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z";

    static final List<Row> ROWS = List.of(
            signed("/v1/inbound/bank/events"),
            signed("/v1/inbound/kyc/events"),
            everybody("POST /v1/customers", 201, g -> post("/v1/customers", "{\"name\":\"Ada\",\"email\":\"a@b.example\"}")),
            own("GET /v1/customers/{id}", "customer_not_found", 200, g -> get("/v1/customers/" + g.customer())),
            own("GET /v1/customers/{id}/activations", "customer_not_found", 200, g -> get(g.activations())),
            own("POST /v1/customers/{id}/activations", "customer_not_found", 202, g -> {
                String[] pending = g.pending();
                return post(pending[0], pending[1]);
            }),
            own(
                    "GET /v1/customers/{id}/activations/{activation}",
                    "customer_not_found",
                    200,
                    g -> get(g.activation())),
            own("POST /v1/wallets", "customer_not_found", 201, g -> {
                return post("/v1/wallets", "{\"customer\":\"" + g.customer() + "\",\"currency\":\"EUR\"}");
            }),
            own("GET /v1/wallets", "customer_not_found", 200, g -> get("/v1/wallets?customer=" + g.customer())),
            wallet("GET", "", 200, ""),
            wallet("GET", "/balance", 200, ""),
            wallet("GET", "/transactions", 200, ""),
            own("GET /v1/wallets/{id}/statement", "wallet_not_found", 200, g -> {
                return get("/v1/wallets/" + g.wallet() + "/statement" + PERIOD);
            }),
            wallet("POST", "/deposits", 201, MONEY),
            wallet("POST", "/withdrawals", 201, MONEY),
            wallet("POST", "/freeze", 200, REASON),
            own("POST /v1/wallets/{id}/unfreeze", "wallet_not_found", 200, g -> {
                return post("/v1/wallets/" + g.frozenWallet() + "/unfreeze", REASON);
            }),
            own("POST /v1/wallets/{id}/close", "wallet_not_found", 200, g -> {
                return post("/v1/wallets/" + g.emptyWallet() + "/close", REASON);
            }),
            own("POST /v1/transfers", "wallet_not_found", 201, g -> post("/v1/transfers", transfer(g))),
            own("POST /v1/transfers/batch", "wallet_not_found", 201, g -> {
                return post("/v1/transfers/batch", "{\"mode\":\"atomic\",\"transfers\":[" + transfer(g) + "]}");
            }),
            own("POST /v1/payments", "wallet_not_found", 202, g -> {
                return post("/v1/payments", Api.paymentBody(g.wallet(), 1, "ACME"));
            }),
            new Row("GET /v1/payments", Reach.OWN_LIST, "", 200, g -> {
                g.payment("ACME");
                return get("/v1/payments");
            }),
            payment("GET", "", 200, "ACME", ""),
            payment("GET", "/timeline", 200, "ACME", ""),
            payment("GET", "/refunds", 200, "Settled", ""),
            payment("POST", "/refunds", 202, "Settled", "{\"amount\":1}"),
            payment("POST", "/cancellations", 202, "ACME", REASON),
            own("GET /v1/refunds/{id}", "refund_not_found", 200, g -> get("/v1/refunds/" + g.refund())),
            new Row("GET /v1/compliance-cases", Reach.TENANT_LIST, "", 200, g -> {
                g.openCase();
                return get("/v1/compliance-cases");
            }),
            tenant("GET /v1/compliance-cases/{id}", "case_not_found", 200, g -> get(g.openCase())),
            tenant("POST /v1/compliance-cases/{id}/resolutions", "case_not_found", 202, g -> {
                return post(g.openCase() + "/resolutions", "{\"decision\":\"approve\",\"note\":\"fine\"}");
            }),
            tenant("POST /v1/compliance-cases/{id}/assignments", "case_not_found", 200, g -> {
                return post(g.openCase() + "/assignments", "{\"assignee\":\"olga\"}");
            }),
            tenant("POST /v1/compliance-cases/{id}/notes", "case_not_found", 201, g -> {
                return post(g.openCase() + "/notes", "{\"text\":\"asked\"}");
            }),
            new Row("GET /v1/admin/sagas", Reach.TENANT_LIST, "", 200, g -> {
                g.payment("ACME");
                return get("/v1/admin/sagas");
            }),
            tenant("GET /v1/admin/sagas/{id}", "saga_not_found", 200, g -> get(g.stuck())),
            tenant("GET /v1/admin/sagas/{id}/compensation-plan", "saga_not_found", 200, g -> {
                return get(g.stuck() + "/compensation-plan");
            }),
            tenant("POST /v1/admin/sagas/{id}/interventions", "saga_not_found", 202, g -> {
                return post(g.stuck() + "/interventions", "{\"action\":\"force_inquiry\",\"reason\":\"back\"}");
            }),
            tenant("GET /v1/admin/sagas/{id}/interventions/{intervention}", "saga_not_found", 200, g -> {
                return get(g.intervention());
            }),
            tenant("POST /v1/admin/sagas/{id}/interventions/{intervention}/approvals", "saga_not_found", 202, g -> {
                return post(g.intervention() + "/approvals", "{}");
            }),
            everybody("POST /v1/admin/book-checks", 202, g -> post("/v1/admin/book-checks", "{}")),
            everybody("GET /v1/admin/book-checks", 200, g -> get("/v1/admin/book-checks")),
            everybody("GET /v1/admin/book-checks/{id}", 200, g -> get(g.bookCheck())),
            everybody("GET /v1/admin/audit-entries", 200, g -> get("/v1/admin/audit-entries")),
            everybody("GET /v1/admin/audit-anchors", 200, g -> get("/v1/admin/audit-anchors")),
            everybody("GET /v1/admin/inbound-events", 200, g -> get("/v1/admin/inbound-events")),
            everybody("GET /v1/admin/inbound-events/{id}", 200, g -> get(g.deadCallback())),
            everybody("POST /v1/admin/inbound-events/{id}/replays", 202, g -> post(g.deadCallback() + "/replays", REASON)),
            everybody("POST /v1/admin/inbound-events/replays", 202, g -> {
                return post(
                        "/v1/admin/inbound-events/replays",
                        "{\"provider\":\"bank\",\"received_from\":\"2020-01-01T00:00:00Z\","
                                + "\"received_to\":\"2020-01-02T00:00:00Z\",\"reason\":\"asked\"}");
            }),
            tenant("GET /v1/customers/{id}/export", "customer_not_found", 200, g -> {
                return get("/v1/customers/" + g.customer() + "/export");
            }),
            own("POST /v1/customers/{id}/erasures", "customer_not_found", 202, g -> {
                return post("/v1/customers/" + g.pendingCustomer() + "/erasures", REASON);
            }),
            own("GET /v1/customers/{id}/erasures/{erasure}", "customer_not_found", 200, g -> get(g.erasure())),
            own("POST /v1/customers/{id}/erasures/{erasure}/cancellations", "customer_not_found", 200, g -> {
                return post(g.erasure() + "/cancellations", "{}");
            }),
            new Row("GET /v1/events", Reach.OWN_LIST, "", 200, g -> {
                g.event();
                return get("/v1/events");
            }),
            own("GET /v1/events/{id}", "event_not_found", 200, g -> get("/v1/events/" + g.event())),
            everybody("POST /v1/webhook-endpoints", 201, g -> post("/v1/webhook-endpoints", Ground.ENDPOINT)),
            new Row("GET /v1/webhook-endpoints", Reach.OWN_LIST, "", 200, g -> {
                g.endpoint();
                return get("/v1/webhook-endpoints");
            }),
            endpoint("GET", "", 200, ""),
            endpoint("PATCH", "", 200, "{\"description\":\"other\"}"),
            endpoint("DELETE", "", 204, ""),
            endpoint("POST", "/secret-rotations", 201, "{}"),
            endpoint("POST", "/pause", 200, REASON),
            endpoint("POST", "/resume", 200, "{}"),
            endpoint("POST", "/replays", 202, "{\"from\":\"2026-01-01T00:00:00Z\"}"),
            endpoint("GET", "/deliveries", 200, ""),
            own("GET /v1/webhook-endpoints/{id}/deliveries/{delivery}", NO_ENDPOINT, 200, g -> get(g.delivery())),
            own("POST /v1/webhook-endpoints/{id}/deliveries/{delivery}/resends", NO_ENDPOINT, 202, g -> {
                return post(g.delivery() + "/resends", "{}");
            }));

    private AuthorizationMatrix() {}

    private static Row own(String operation, String notFound, int right, Function<Ground, Call> call) {
        return new Row(operation, Reach.OWN, notFound, right, call);
    }

    private static Row tenant(String operation, String notFound, int right, Function<Ground, Call> call) {
        return new Row(operation, Reach.TENANT, notFound, right, call);
    }

    private static Row everybody(String operation, int right, Function<Ground, Call> call) {
        return new Row(operation, Reach.EVERYBODY, "", right, call);
    }

    private static Row signed(String path) {
        return new Row("POST " + path, Reach.SIGNED, "", 202, g -> post(path, "{\"type\":\"probe\"}"));
    }

    private static Row wallet(String method, String action, int right, String body) {
        return own(
                method + " /v1/wallets/{id}" + action,
                "wallet_not_found",
                right,
                g -> new Call(method, "/v1/wallets/" + g.wallet() + action, body));
    }

    private static Row endpoint(String method, String action, int right, String body) {
        return own(
                method + " /v1/webhook-endpoints/{id}" + action,
                NO_ENDPOINT,
                right,
                g -> new Call(method, g.endpoint() + action, body));
    }

    private static Row payment(String method, String action, int right, String creditor, String body) {
        return own(
                method + " /v1/payments/{id}" + action,
                "payment_not_found",
                right,
                g -> new Call(method, "/v1/payments/" + g.payment(creditor) + action, body));
    }

    private static String transfer(Ground ground) {
        return "{\"source\":\"%s\",\"destination\":\"%s\",\"amount\":1,\"currency\":\"EUR\"}"
                .formatted(ground.wallet(), ground.wallet());
    }

    private static Call get(String path) {
        return new Call("GET", path, "");
    }

    private static Call post(String path, String body) {
        return new Call("POST", path, body);
    }
}
