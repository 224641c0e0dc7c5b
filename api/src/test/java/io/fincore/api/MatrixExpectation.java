package io.fincore.api;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What each way to come is answered: status, code and challenge. */
final class MatrixExpectation {

    private static final String INVALID = "401 unauthenticated [Bearer error=\"invalid_token\"]";

    private MatrixExpectation() {}

    static Map<String, String> of(MatrixRow row, MatrixNeeds needs) {
        boolean signed = row.isSigned();
        String unsigned = "401 signature_invalid";
        String right = Integer.toString(row.right());
        String others = "404 " + row.notFound() + ", as of nothing";
        Map<String, String> cells = new LinkedHashMap<>();
        cells.put("no token", signed ? unsigned : "401 unauthenticated [Bearer]");
        List.of("expired", "wrong audience", "wrong issuer", "alg none", "HS256 with the public key")
                .forEach(wrong -> cells.put(wrong, INVALID));
        cells.put(
                "missing scope",
                signed
                        ? unsigned
                        : "403 insufficient_scope [Bearer error=\"insufficient_scope\", scope=\"" + needs.scope()
                                + "\"]");
        cells.put(
                "missing role",
                signed
                        ? unsigned
                        : needs.role().isEmpty()
                                ? "any"
                                : "403 insufficient_role [Bearer error=\"insufficient_scope\", scope=\"%s\", error_description=\"needs the role %s\"]"
                                        .formatted(needs.scope(), needs.role()));
        cells.put(
                "other owner",
                switch (row.reach()) {
                    case OWN -> others;
                    case OWN_LIST -> right + " without";
                    case TENANT, EVERYBODY -> right;
                    case TENANT_LIST -> right + " with";
                    case SIGNED -> unsigned;
                });
        cells.put(
                "other tenant",
                switch (row.reach()) {
                    case OWN, TENANT -> others;
                    case OWN_LIST, TENANT_LIST -> right + " without";
                    case EVERYBODY -> right;
                    case SIGNED -> unsigned;
                });
        cells.put("without a key", needs.key() ? "400 idempotency_key_missing" : "any");
        cells.put("right", row.isList() ? right + " with" : right);
        return cells;
    }
}
