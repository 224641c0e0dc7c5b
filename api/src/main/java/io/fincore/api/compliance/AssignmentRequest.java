package io.fincore.api.compliance;

import io.fincore.api.validation.PlainText;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/** @param assignee the principal who shall look at the case */
record AssignmentRequest(
        @NotNull @PlainText @Size(max = 200) String assignee) {}
