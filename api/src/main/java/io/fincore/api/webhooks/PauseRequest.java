package io.fincore.api.webhooks;

import io.fincore.api.validation.PlainText;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** Why no more events shall come for a while. */
record PauseRequest(@Nullable @PlainText @Size(max = 200) String reason) {}
