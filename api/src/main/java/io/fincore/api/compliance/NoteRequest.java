package io.fincore.api.compliance;

import io.fincore.api.validation.PlainText;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/** A note to be added to a case. */
record NoteRequest(@NotNull @PlainText @Size(max = 2000) String text) {}
