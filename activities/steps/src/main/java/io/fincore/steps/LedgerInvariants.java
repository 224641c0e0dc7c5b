package io.fincore.steps;

import java.util.List;

/**
 * What is true of the ledger by itself. Each is one statement over whole tables: with <i>e</i> entries, those that group or number them
 * sort or hash all of them, e log e at worst and on disk when memory does not do; the others cost one pass or less, as they say.
 */
final class LedgerInvariants {

    static final List<Invariant> ALL = List.of(
            // One pass over the entries, grouped by transaction.
            new Invariant("transactions-balance", "each transaction's debits equal its credits in every currency", """
                    SELECT format('%s debits %s too much in %s', transaction_id,
                                  sum(CASE side WHEN 'debit' THEN amount ELSE -amount END), currency)
                      FROM ledger.entry GROUP BY transaction_id, currency
                    HAVING sum(CASE side WHEN 'debit' THEN amount ELSE -amount END) <> 0"""),
            // One pass over transactions and entries, grouped by transaction.
            new Invariant("transactions-have-entries", "each transaction has two or more entries", """
                    SELECT format('%s has %s entries', t.id, count(e.seq))
                      FROM ledger.transaction t LEFT JOIN ledger.entry e ON e.transaction_id = t.id
                     GROUP BY t.id HAVING count(e.seq) < 2"""),
            // One pass over the entries, hashed against transactions and accounts.
            new Invariant(
                    "entries-fit",
                    "each entry is on an account of its currency, and booked at the instant of its transaction",
                    """
                    SELECT format('entry %s of account %s in %s, of %s', e.seq, e.account_id, e.currency, e.transaction_id)
                      FROM ledger.entry e
                      LEFT JOIN ledger.account a ON a.id = e.account_id AND a.currency = e.currency
                      LEFT JOIN ledger.transaction t ON t.id = e.transaction_id AND t.booked_at = e.booked_at
                     WHERE a.id IS NULL OR t.id IS NULL"""),
            // All entries in the order of their primary key.
            new Invariant(
                    "entries-in-order",
                    "an account's entries are numbered without gaps, each booked after the one before, and a balance after"
                            + " is the sum so far",
                    """
                    SELECT format('entry %s of account %s: after %s, booked %s after %s, balance %s of %s', seq, account_id,
                                  seq_before, booked_at, booked_before, balance_after, running)
                      FROM (SELECT e.account_id, e.seq, e.booked_at, e.balance_after, a.guarded,
                                   lag(e.seq, 1, 0::bigint) OVER before AS seq_before,
                                   lag(e.booked_at) OVER before AS booked_before,
                                   sum(CASE WHEN e.side = a.normal_side THEN e.amount ELSE -e.amount END)
                                       OVER (before ROWS UNBOUNDED PRECEDING) AS running
                              FROM ledger.entry e JOIN ledger.account a ON a.id = e.account_id
                            WINDOW before AS (PARTITION BY e.account_id ORDER BY e.seq)) AS numbered
                     WHERE seq <> seq_before + 1 OR booked_at <= booked_before
                        OR balance_after IS DISTINCT FROM CASE WHEN guarded THEN running END"""),
            // One pass over the entries, grouped by account, and the open holds.
            new Invariant(
                    "balances",
                    "what is stored of an account is what its entries and open holds add up to, and where they end",
                    """
                    SELECT format('account %s: stored %s, rebuilt %s', account_id,
                                  concat_ws(', ', coalesce(stored_posted::text, 'nothing') || ' posted', stored_held || ' held',
                                            stored_last_seq || ' entries', 'last ' || stored_last_booked_at),
                                  concat_ws(', ', rebuilt_posted || ' posted', rebuilt_held || ' held',
                                            rebuilt_last_seq || ' entries', 'last ' || rebuilt_last_booked_at))
                      FROM ledger.balance_discrepancy"""),
            // One pass over the accounts.
            new Invariant("guarded-accounts", "no guarded account holds or owes more than it has", """
                    SELECT format('account %s: %s posted, %s held', account_id, posted, held)
                      FROM ledger.account_balance JOIN ledger.account a ON a.id = account_id
                     WHERE a.guarded AND posted - held < 0"""),
            // One look per settlement into the entries of its transaction.
            new Invariant(
                    "holds",
                    "the settlements of a hold debit its account by what the hold says was settled, and no more"
                            + " than was held",
                    """
                    SELECT format('%s of %s is %s: %s settled, %s debited', h.id, h.amount, h.status,
                                  coalesce(h.settled_amount, 0), coalesce(s.debited, 0))
                      FROM ledger.hold h
                      LEFT JOIN (SELECT o.id, sum(e.amount) AS debited
                                   FROM ledger.hold o
                                   JOIN ledger.transaction t ON t.hold_id = o.id
                                   JOIN ledger.entry e ON e.transaction_id = t.id AND e.side = 'debit'
                                    AND e.account_id = o.account_id AND e.currency = o.currency
                                  GROUP BY o.id) AS s USING (id)
                     WHERE coalesce(s.debited, 0) <> coalesce(h.settled_amount, 0) OR h.settled_amount > h.amount"""),
            // Two looks per reversal into the entries of a transaction.
            new Invariant(
                    "reversals",
                    "reversals of a transaction together are at most the transaction, and reverse no reversal",
                    """
                    SELECT format('%s of %s in %s is reversed by %s', o.id, coalesce(sum(d.amount), 0), r.currency, r.reversed)
                      FROM (SELECT t.reverses, e.currency, sum(e.amount) AS reversed
                              FROM ledger.transaction t JOIN ledger.entry e ON e.transaction_id = t.id AND e.side = 'debit'
                             WHERE t.reverses IS NOT NULL GROUP BY t.reverses, e.currency) AS r
                      JOIN ledger.transaction o ON o.id = r.reverses
                      LEFT JOIN ledger.entry d
                        ON d.transaction_id = o.id AND d.side = 'debit' AND d.currency = r.currency
                     GROUP BY o.id, o.kind, r.currency, r.reversed
                    HAVING r.reversed > coalesce(sum(d.amount), 0) OR o.kind = 'reversal'"""),
            // One pass over the accounts.
            new Invariant("clearing", "nothing is left in clearing: no movement stops there", """
                    SELECT format('%s in %s', sum(b.posted), a.currency)
                      FROM ledger.account a JOIN ledger.account_balance b ON b.account_id = a.id
                     WHERE a.code = 'bank_clearing' GROUP BY a.currency HAVING sum(b.posted) <> 0"""),
            // One pass over the wallets.
            new Invariant("closed-wallets", "a closed wallet has nothing and holds nothing", """
                    SELECT format('%s: %s posted, %s held', w.id, b.posted, b.held)
                      FROM ledger.wallet w JOIN ledger.account_balance b USING (account_id)
                     WHERE w.status = 'closed' AND (b.posted, b.held) <> (0, 0)"""));

    private LedgerInvariants() {}
}
