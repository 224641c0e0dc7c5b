package io.fincore.api.orders;

import io.fincore.api.idempotency.Answer;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/**
 * What the client prefers (RFC 7240): to wait for a terminal status, or to be answered as soon as the order is durable. What is
 * not understood is ignored, as the RFC asks for.
 *
 * @param waitTime null if nothing is said; at most {@link #MAX_WAIT}
 */
public record Prefer(boolean respondAsync, @Nullable Duration waitTime) {

    static final Duration MAX_WAIT = Duration.ofSeconds(30);

    private static final Pattern WAIT = Pattern.compile("wait\\s*=\\s*\"?([0-9]{1,9})\"?");

    public static Prefer of(@Nullable List<String> headers) {
        boolean async = false;
        Duration wait = null;
        for (String header : headers == null ? Collections.<String>emptyList() : headers) {
            for (String preference : header.split(",", -1)) {
                String token = preference.strip().toLowerCase(Locale.ROOT);
                Matcher seconds = WAIT.matcher(token);
                if (token.equals("respond-async")) {
                    async = true;
                } else if (seconds.matches() && wait == null) {
                    Duration asked = Duration.ofSeconds(Long.parseLong(seconds.group(1)));
                    wait = asked.compareTo(MAX_WAIT) > 0 ? MAX_WAIT : asked;
                }
            }
        }
        return new Prefer(async, wait);
    }

    /** The answer to an order, with what was honoured: for one that was refused, or answered before, nothing was waited for. */
    public ResponseEntity<byte[]> toResponse(Answer answer) {
        HttpHeaders headers = new HttpHeaders();
        if (answer.status() == HttpStatus.ACCEPTED.value() && !answer.replayed()) {
            if (respondAsync) {
                headers.add("Preference-Applied", "respond-async");
            }
            if (waitTime != null) {
                headers.add("Preference-Applied", "wait=" + waitTime.toSeconds());
            }
        }
        return answer.toResponse(headers);
    }
}
