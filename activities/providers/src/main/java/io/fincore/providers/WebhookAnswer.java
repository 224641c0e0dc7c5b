package io.fincore.providers;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What came back from a client's endpoint. */
public sealed interface WebhookAnswer {

    /**
     * A response, whatever it says.
     *
     * @param excerpt the begin of its body, at most 512 printable characters; null if there is none
     * @param retryAfter how long a 429 or 503 asks to be left alone, 0 or more without a limit; null if it does not
     */
    record Responded(
            int status, @Nullable String excerpt, @Nullable Duration retryAfter) implements WebhookAnswer {

        /** Nothing but 2xx says that the event has arrived; a redirect is not followed. */
        public boolean isSuccess() {
            return status >= 200 && status < 300;
        }

        /** 410: nobody will ever be here again. */
        public boolean isGone() {
            return status == 410;
        }
    }

    /** There was no response, or nothing was sent; the detail is fit for the client, at most 200 characters. */
    record Unanswered(String detail) implements WebhookAnswer {}
}
