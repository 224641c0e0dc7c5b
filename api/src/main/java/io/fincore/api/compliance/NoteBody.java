package io.fincore.api.compliance;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.time.Instant;

/** What somebody found out about a case. */
record NoteBody(String id, String object, String author, String text, Instant createdAt) {

    @JsonCreator
    static NoteBody stored(String id, String author, String text, Instant createdAt) {
        return new NoteBody(id, "case_note", author, text, createdAt);
    }
}
