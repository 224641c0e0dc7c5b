package io.fincore.api.idempotency;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/**
 * An answer as it is sent and stored: a repetition gets the same bytes.
 *
 * @param location of what was created or changed
 */
@SuppressWarnings("ArrayRecordComponent") // the bytes are what is stored; answers are never compared
public record Answer(
        int status, String contentType, @Nullable String location, byte[] body, boolean replayed) {

    Answer asReplay() {
        return new Answer(status, contentType, location, body, true);
    }

    public ResponseEntity<byte[]> toResponse() {
        return toResponse(new HttpHeaders());
    }

    public ResponseEntity<byte[]> toResponse(HttpHeaders headers) {
        headers.setContentType(MediaType.parseMediaType(contentType));
        if (location != null) {
            headers.setLocation(URI.create(location));
        }
        if (replayed) {
            headers.set("Idempotent-Replayed", "true");
        }
        return ResponseEntity.status(status).headers(headers).body(body);
    }
}
