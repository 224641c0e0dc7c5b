package io.fincore.api.compliance;

import java.time.Instant;

/** What somebody found out about a case. */
record NoteBody(String id, String author, String text, Instant createdAt) {}
