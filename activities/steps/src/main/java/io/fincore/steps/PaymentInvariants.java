package io.fincore.steps;

import java.util.List;

/**
 * What is true between payments, refunds and the ledger. A step's row is committed with its effect, so the two always agree: that is how
 * a check tells a payment between two steps from one that is wrong. Each costs one pass over the payments or refunds, with a look or two
 * into an index for each of them, or a hash of the other table.
 */
final class PaymentInvariants {

    private static final String PAID = "('completed', 'partially_refunded', 'refunded')";
    private static final String UNPAID = "('rejected', 'failed', 'cancelled')";

    static final List<Invariant> ALL = List.of(
            new Invariant("payment-holds", "a payment's hold is of its amount and on its wallet", """
                    SELECT format('%s of %s %s from %s: hold %s of %s %s on %s', p.id, p.amount, p.currency, p.source, h.id,
                                  h.amount, h.currency, h.wallet_id)
                      FROM payments.payment p JOIN ledger.hold h ON h.id = p.hold_id
                     WHERE (h.amount, h.currency, h.wallet_id) <> (p.amount, p.currency, p.source)"""),
            // While a payment is under way, its hold is open but after the step that has settled or released it.
            new Invariant(
                    "payment-postings",
                    "a payment's hold is settled whole if it was paid, released or never placed if it was not, and else open"
                            + " until its saga resolves it",
                    """
                    SELECT format('%%s is %%s: hold %%s, %%s settled', p.id, p.status, coalesce(h.status, 'never placed'),
                                  coalesce(h.settled_amount, 0))
                      FROM payments.payment p LEFT JOIN ledger.hold h ON h.id = p.hold_id
                     WHERE CASE
                           WHEN p.status IN %s THEN h.status IS DISTINCT FROM 'settled' OR h.settled_amount <> p.amount
                           WHEN p.status IN %s THEN h.status <> 'released'
                           WHEN h.id IS NULL THEN p.status IN ('in_review', 'processing')
                           WHEN h.status = 'settled' THEN p.status IN ('pending', 'in_review') OR h.settled_amount <> p.amount
                               OR NOT EXISTS (SELECT FROM saga.step t WHERE t.workflow_id = 'payment/' || p.id
                                                 AND t.name = 'ledger.settle' AND t.status = 'SUCCEEDED')
                           WHEN h.status <> 'held' THEN
                               NOT EXISTS (SELECT FROM saga.step t WHERE t.workflow_id = 'payment/' || p.id
                                              AND t.name = 'ledger.release' AND t.status = 'SUCCEEDED')
                           ELSE false END""".formatted(PAID, UNPAID)),
            new Invariant("payment-histories", "a payment's status is the last of its history", """
                    SELECT format('%s is %s, its history ends with %s', p.id, p.status, coalesce(h.to_status, 'nothing'))
                      FROM payments.payment p
                      LEFT JOIN LATERAL (SELECT to_status FROM payments.payment_history
                                          WHERE payment_id = p.id ORDER BY number DESC LIMIT 1) AS h ON true
                     WHERE h.to_status IS DISTINCT FROM p.status"""),
            new Invariant(
                    "payment-sagas", "a saga that has succeeded has paid, one that has failed has not", """
                    SELECT format('%%s is %%s, its payment %%s', s.workflow_id, s.status, p.status)
                      FROM saga.saga s JOIN payments.payment p ON p.id = s.subject_id
                     WHERE s.type = 'payment'
                       AND (s.status = 'SUCCEEDED' AND p.status NOT IN %s
                            OR s.status = 'FAILED' AND p.status NOT IN %s)""".formatted(
                                    PAID, UNPAID)),
            // The reversal and its number on the refund are one commit; the refund is completed by a later one.
            new Invariant(
                    "refund-postings",
                    "a refund that is completed, or about to be, has a reversal of its payment by its amount, and no other has one",
                    """
                    SELECT format('%s of %s %s of %s is %s: %s reverses %s by %s', r.id, r.amount, r.currency, r.payment_id,
                                  r.status, coalesce(r.transaction_id, 'nothing'), coalesce(t.reverses, 'nothing'),
                                  coalesce(e.credited, 0))
                      FROM payments.refund r
                      JOIN payments.payment p ON p.id = r.payment_id
                      LEFT JOIN ledger.transaction t ON t.id = r.transaction_id AND t.kind = 'reversal'
                      LEFT JOIN ledger.transaction s ON s.id = t.reverses AND s.hold_id = p.hold_id
                      LEFT JOIN LATERAL (SELECT sum(amount) AS credited FROM ledger.entry
                                          WHERE transaction_id = t.id AND side = 'credit' AND currency = r.currency) AS e ON true
                     WHERE CASE WHEN r.status = 'completed' OR r.transaction_id IS NOT NULL
                                THEN r.status = 'failed' OR s.id IS NULL OR e.credited IS DISTINCT FROM r.amount END
                    UNION ALL
                    SELECT format('%s reverses the settlement of %s for %s refunds', t.id, p.id, count(r.id))
                      FROM ledger.transaction t
                      JOIN ledger.transaction s ON s.id = t.reverses
                      JOIN payments.payment p ON p.hold_id = s.hold_id
                      LEFT JOIN payments.refund r ON r.transaction_id = t.id
                     GROUP BY t.id, p.id HAVING count(r.id) <> 1"""),
            new Invariant(
                    "refunded-amounts",
                    "a payment says that it has refunded what its completed refunds add up to, and keeps aside what the open"
                            + " ones do",
                    """
                    SELECT format('%s is %s: %s refunded, refunds of %s completed; %s reserved, refunds of %s open', p.id,
                                  p.status, p.refunded_amount, coalesce(r.completed, 0), p.refund_reserved, coalesce(r.open, 0))
                      FROM payments.payment p
                      LEFT JOIN (SELECT payment_id, sum(amount) FILTER (WHERE status = 'completed') AS completed,
                                        sum(amount) FILTER (WHERE status NOT IN ('completed', 'failed')) AS open
                                   FROM payments.refund GROUP BY payment_id) AS r ON r.payment_id = p.id
                     WHERE p.refunded_amount <> coalesce(r.completed, 0) OR p.refund_reserved <> coalesce(r.open, 0)
                        OR (p.status = 'refunded') <> (p.refunded_amount = p.amount)
                        OR (p.status = 'partially_refunded') <> (p.refunded_amount BETWEEN 1 AND p.amount - 1)"""),
            // A window that was tidied away is missed by nobody.
            new Invariant("payment-limits", "what a limit counts is what was decided and not given back", """
                    SELECT format('%s since %s in %s: %s payments of %s counted, %s of %s decided', w.source, w.starts_at,
                                  w.currency, w.payment_count, w.amount_sum, coalesce(d.payments, 0), coalesce(d.amount, 0))
                      FROM decision.limit_window w
                      LEFT JOIN (SELECT tenant, source, reserved_in, currency, count(*) AS payments, sum(amount) AS amount
                                   FROM decision.decision WHERE released_at IS NULL AND reserved_in IS NOT NULL
                                  GROUP BY tenant, source, reserved_in, currency) AS d
                        ON (d.tenant, d.source, d.reserved_in, d.currency) = (w.tenant, w.source, w.starts_at, w.currency)
                     WHERE (w.payment_count, w.amount_sum) <> (coalesce(d.payments, 0), coalesce(d.amount, 0))"""));

    private PaymentInvariants() {}
}
