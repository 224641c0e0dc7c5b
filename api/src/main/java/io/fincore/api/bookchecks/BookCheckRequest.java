package io.fincore.api.bookchecks;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is to be held against the book besides itself.
 *
 * @param anchors exported anchors of the audit log, each its line
 */
record BookCheckRequest(@Nullable @Size(max = 100) List<@NotNull @Size(max = 200) String> anchors) {}
