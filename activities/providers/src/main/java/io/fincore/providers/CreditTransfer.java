package io.fincore.providers;

import io.fincore.money.EndToEndId;
import io.fincore.money.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A customer's credit transfer, as handed to a {@link Bank}. A transfer that is sent again must be equal to the first: the message
 * is made from these values alone, so that the bank receives the same bytes under the same end-to-end id.
 *
 * <p>Names and the reference may hold any characters. What SWIFT's character set lacks is transliterated on the wire, and what is
 * longer than 140 characters is cut there.
 *
 * @param amount more than zero
 * @param debtorAccount the account the customer pays from: an IBAN, or an id of ours of at most 34 characters
 * @param creditorIban without spaces; its check digits are the business of whoever accepted the payment
 * @param creditorBic 8 or 11 characters, if the client gave one
 * @param reference what the creditor is to read on the statement
 * @param createdAt when the payment was created: the message's creation time and, as a date in UTC, its settlement date
 */
public record CreditTransfer(
        EndToEndId endToEndId,
        Money amount,
        String debtorName,
        String debtorAccount,
        String creditorName,
        String creditorIban,
        @Nullable String creditorBic,
        @Nullable String reference,
        Instant createdAt) {

    private static final int MAX_ACCOUNT_LENGTH = 34;

    public CreditTransfer {
        if (amount.isZero()) {
            throw new IllegalArgumentException("a credit transfer of zero cannot be sent");
        }
        requireText(debtorName, "debtor name");
        requireText(creditorName, "creditor name");
        requireAccount(debtorAccount, "debtor account");
        requireAccount(creditorIban, "creditor IBAN");
    }

    private static void requireText(String value, String what) {
        if (value.isBlank()) {
            throw new IllegalArgumentException("the " + what + " is blank");
        }
    }

    private static void requireAccount(String value, String what) {
        requireText(value, what);
        if (value.length() > MAX_ACCOUNT_LENGTH) {
            throw new IllegalArgumentException("the " + what + " has more than " + MAX_ACCOUNT_LENGTH + " characters");
        }
    }
}
