package io.fincore.ledger;

import io.fincore.money.Currency;
import java.math.BigInteger;
import java.util.Map;

/**
 * The sums of all entries in one currency, in minor units. They can be larger than an amount of money.
 *
 * @param balances of each account code that has entries, counted on its normal side: negative if it is overdrawn
 */
public record TrialBalance(
        Currency currency, BigInteger debits, BigInteger credits, Map<AccountCode, BigInteger> balances) {

    public TrialBalance {
        balances = Map.copyOf(balances);
    }

    /** Whether debits equal credits: anything else is a defect. */
    public boolean isBalanced() {
        return debits.equals(credits);
    }

    /** On the account's normal side, zero without entries. */
    public BigInteger balanceOf(AccountCode account) {
        return balances.getOrDefault(account, BigInteger.ZERO);
    }
}
