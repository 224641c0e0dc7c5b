package io.fincore.providers;

import io.fincore.money.IdType;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A customer to be verified. A check that is asked for again must be equal to the first.
 *
 * @param checkId the id of our activation, {@code act_…}
 * @param dateOfBirth as the customer gave it
 * @param country ISO 3166-1 alpha-2, as the customer gave it
 */
public record KycCheck(
        String checkId,
        String customerName,
        @Nullable LocalDate dateOfBirth,
        @Nullable String country) {

    public KycCheck {
        IdType.ACTIVATION.require(checkId);
        if (customerName.isBlank()) {
            throw new IllegalArgumentException("the customer's name is blank");
        }
    }

    /** Without the person: for logs. */
    @Override
    public String toString() {
        return "KycCheck[" + checkId + "]";
    }
}
