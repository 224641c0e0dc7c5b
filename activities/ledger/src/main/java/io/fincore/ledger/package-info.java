/**
 * The double-entry book: accounts, transactions, holds and wallets. {@link io.fincore.ledger.Ledger} moves the money
 * of sagas, {@link io.fincore.ledger.Wallets} serves their owners, {@link io.fincore.ledger.Book} is read to prove
 * that the sums are right.
 *
 * <p>Each movement is one SQL function, so it is atomic alone and joins the caller's Spring transaction on the same
 * data source if there is one. Data sources have to hand out connections in autocommit mode, their default.
 */
@NullMarked
package io.fincore.ledger;

import org.jspecify.annotations.NullMarked;
