package io.fincore.api;

import io.fincore.api.Api.User;
import io.fincore.money.IdType;
import java.net.http.HttpRequest;
import java.util.Arrays;
import java.util.regex.Pattern;

/** A request without its token. */
record MatrixCall(String method, String path, String body) {

    private static final Pattern ID = Pattern.compile("([a-z]{3,4})_[0-9a-z]{26}");

    /** The same of what does not exist. */
    MatrixCall ofNothing() {
        return new MatrixCall(method, unknown(path), unknown(body));
    }

    private static String unknown(String text) {
        return ID.matcher(text)
                .replaceAll(id -> Arrays.stream(IdType.values())
                        .map(IdType::next)
                        .filter(other -> other.startsWith(id.group(1) + "_"))
                        .findAny()
                        .orElseThrow());
    }

    HttpRequest.Builder request(User user) {
        return method.equals("GET")
                ? user.api().request(path).GET()
                : withoutKey(user).header("Idempotency-Key", IdType.REQUEST.next());
    }

    HttpRequest.Builder withoutKey(User user) {
        return user.api()
                .request(path)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body));
    }
}
