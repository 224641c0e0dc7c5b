package io.fincore.dev.simulator;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** A customer whom the KYC provider is to verify; also the body of the request. */
record Check(
        String checkId,
        String name,
        @Nullable LocalDate dateOfBirth,
        @Nullable String country) implements Order {

    Check {
        BadMessageException.requireText(checkId, "check_id");
        BadMessageException.requireText(name, "name");
    }

    @Override
    public String id() {
        return checkId;
    }
}
