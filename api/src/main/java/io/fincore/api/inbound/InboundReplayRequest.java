package io.fincore.api.inbound;

import io.fincore.api.validation.PlainText;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/** @param reason why it will be taken this time, for the record */
record InboundReplayRequest(
        @NotNull @PlainText @Size(max = 500) String reason) {}
