package io.fincore.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fincore.api.Api.Reply;
import io.fincore.api.Api.User;
import io.fincore.money.IdType;
import java.net.http.HttpRequest;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Tries one operation with every wrong token, without its key and then, on the same object, with all that is right. */
record MatrixTrial(Api api, MatrixRow row, MatrixNeeds needs) {

    Map<String, String> outcomes() {
        Ground ground = Ground.fresh(api);
        MatrixCall call = row.call().apply(ground);
        // Nobody decides their own payment's case: where others of the tenant may act, one of them is the right one.
        User caller = row.reach() == MatrixRow.Reach.TENANT ? ground.person("olga") : ground.ada();
        Tokens tokens = Tokens.of(caller);
        Map<String, String> cells = new LinkedHashMap<>();
        cells.put("no token", outcome(api.send(call.request(caller))));
        cells.put("expired", outcome(send(call, caller, tokens.expired())));
        cells.put("wrong audience", outcome(send(call, caller, tokens.forOthers())));
        cells.put("wrong issuer", outcome(send(call, caller, tokens.ofOthers())));
        cells.put("alg none", outcome(send(call, caller, tokens.unsigned())));
        cells.put("HS256 with the public key", outcome(send(call, caller, tokens.signedWithThePublicKey())));
        cells.put(
                "missing scope",
                outcome(send(call, caller.withScopes(without(Api.ALL_SCOPES.split(" "), needs.scope())))));
        cells.put(
                "missing role",
                needs.role().isEmpty() && !row.isSigned()
                        ? "any"
                        : outcome(send(
                                call,
                                caller.withRoles(without(Api.ALL_ROLES.toArray(String[]::new), needs.role())
                                        .split(" ")))));
        boolean openToAll = row.reach() == MatrixRow.Reach.EVERYBODY;
        cells.put(
                "other owner",
                openToAll || row.reach() == MatrixRow.Reach.TENANT
                        ? onAnother(another -> another.person("eve"))
                        : compared(call, ground.person("eve"), caller));
        User elsewhere = new User(api, "elsewhere-" + IdType.REQUEST.next(), caller.principal(), Api.ALL_SCOPES);
        cells.put("other tenant", openToAll ? onAnother(another -> elsewhere) : compared(call, elsewhere, caller));
        // Whom no role helps needs none.
        User right = (needs.role().isEmpty() ? caller.withRoles() : caller.withRoles(needs.role()))
                .withScopes(needs.scope());
        cells.put("without a key", needs.key() ? outcome(authorized(call.withoutKey(right), right)) : "any");
        cells.put("right", row.isSigned() ? Integer.toString(signed(call).status()) : outcome(send(call, right)));
        return cells;
    }

    /** Whom the operation is open to must not use up the object that the right caller is tried on. */
    private String onAnother(Function<Ground, User> who) {
        Ground another = Ground.fresh(api);
        return outcome(send(row.call().apply(another), who.apply(another)));
    }

    private String compared(MatrixCall call, User stranger, User caller) {
        Reply reply = send(call, stranger);
        String outcome = outcome(reply);
        if (reply.status() != 404) {
            return outcome;
        }
        Reply nothing = send(call.ofNothing(), caller);
        return outcome + (said(reply).equals(said(nothing)) ? ", as of nothing" : ", unlike " + nothing.text());
    }

    /** The problem without the names of this one request. */
    private static JsonNode said(Reply reply) {
        return ((ObjectNode) reply.json()).remove(List.of("instance", "request_id", "correlation_id"));
    }

    private Reply send(MatrixCall call, User user) {
        return authorized(call.request(user), user);
    }

    private Reply authorized(HttpRequest.Builder request, User user) {
        return api.send(
                request.header("Authorization", "Bearer " + Tokens.of(user).right()));
    }

    private Reply send(MatrixCall call, User user, String token) {
        HttpRequest.Builder request = call.request(user);
        return api.send(request.header("Authorization", "Bearer " + token));
    }

    private Reply signed(MatrixCall call) {
        String eventId = "be_" + IdType.REQUEST.next();
        return call.path().contains("/bank/")
                ? InboundTest.callback(api, eventId, call.body())
                : InboundTest.kycCallback(api, eventId, call.body());
    }

    private String outcome(Reply reply) {
        String challenge = reply.header("WWW-Authenticate");
        return reply.status()
                + (reply.status() >= 400 ? " " + reply.code() : "")
                + (challenge.isEmpty() ? "" : " [" + challenge + "]")
                + (row.isList() && reply.status() == 200
                        ? reply.json().path("data").isEmpty() ? " without" : " with"
                        : "");
    }

    private static String without(String[] all, String one) {
        return Arrays.stream(all).filter(name -> !name.equals(one)).collect(Collectors.joining(" "));
    }
}
