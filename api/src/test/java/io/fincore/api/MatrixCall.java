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
        HttpRequest.Builder request = user.api().request(path);
        return method.equals("GET")
                ? request.GET()
                : request.header("Content-Type", "application/json")
                        .header("Idempotency-Key", IdType.REQUEST.next())
                        .method(method, HttpRequest.BodyPublishers.ofString(body));
    }
}
