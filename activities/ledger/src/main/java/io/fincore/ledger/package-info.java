/** The double-entry book: accounts, transactions, holds and wallets. */
@NullMarked
package io.fincore.ledger;

import org.jspecify.annotations.NullMarked;
