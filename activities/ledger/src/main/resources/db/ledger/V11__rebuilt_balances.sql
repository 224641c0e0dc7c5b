-- What the balances would be if they were made anew from entries and open holds, beside what is stored: only the accounts where the two
-- differ, so no row in a sound book. What is stored is null for an account that has lost its row. One pass over all entries.
CREATE VIEW balance_discrepancy AS
WITH entries AS (
    SELECT e.account_id, sum(CASE WHEN e.side = a.normal_side THEN e.amount ELSE -e.amount END) AS posted,
           max(e.seq) AS last_seq, max(e.booked_at) AS last_booked_at
      FROM entry e JOIN account a ON a.id = e.account_id GROUP BY e.account_id),
holds AS (
    SELECT h.account_id, sum(h.amount - coalesce(h.settled_amount, 0)) AS held
      FROM hold h WHERE h.status = 'held' GROUP BY h.account_id),
rebuilt AS (
    SELECT a.id AS account_id, a.normal_side, a.guarded, coalesce(e.posted, 0) AS posted, coalesce(h.held, 0) AS held,
           coalesce(e.last_seq, 0) AS last_seq, coalesce(e.last_booked_at, '-infinity') AS last_booked_at
      FROM account a LEFT JOIN entries e ON e.account_id = a.id LEFT JOIN holds h ON h.account_id = a.id)
SELECT r.account_id, r.normal_side, r.guarded,
       b.posted AS stored_posted, r.posted AS rebuilt_posted,
       b.held AS stored_held, r.held AS rebuilt_held,
       b.last_seq AS stored_last_seq, r.last_seq AS rebuilt_last_seq,
       b.last_booked_at AS stored_last_booked_at, r.last_booked_at AS rebuilt_last_booked_at
  FROM rebuilt r LEFT JOIN account_balance b USING (account_id)
 WHERE (b.posted, b.held, b.last_seq, b.last_booked_at)
       IS DISTINCT FROM (r.posted, r.held, r.last_seq, r.last_booked_at);

-- Writes the balances anew where they are not what entries and open holds say, and answers what it has changed. Movements wait until the
-- caller's transaction ends, reading goes on. With the caller's rights: only the owner may. What would overdraw a guarded account is
-- refused by the account's CHECK: then not its balance is wrong but its entries.
CREATE FUNCTION rebuild_balances()
    RETURNS TABLE (account_id bigint, stored_posted bigint, rebuilt_posted bigint, stored_held bigint, rebuilt_held bigint,
                   stored_last_seq bigint, rebuilt_last_seq bigint, stored_last_booked_at timestamptz,
                   rebuilt_last_booked_at timestamptz)
    LANGUAGE plpgsql SET search_path = ledger, pg_temp AS $$
BEGIN
    -- Else the statements below would see the book as it was before the wait for the lock.
    IF current_setting('transaction_isolation') <> 'read committed' THEN
        RAISE EXCEPTION 'balances are rebuilt under READ COMMITTED only' USING ERRCODE = 'invalid_transaction_state';
    END IF;
    -- A weaker lock would let in who has a row already, and then wait for it in vain.
    LOCK TABLE account_balance IN EXCLUSIVE MODE;
    RETURN QUERY
    WITH wrong AS MATERIALIZED (SELECT * FROM balance_discrepancy),
    written AS (
        INSERT INTO account_balance AS b (account_id, normal_side, guarded, posted, held, last_seq, last_booked_at)
        SELECT w.account_id, w.normal_side, w.guarded, w.rebuilt_posted, w.rebuilt_held, w.rebuilt_last_seq,
               w.rebuilt_last_booked_at
          FROM wrong w
        ON CONFLICT ON CONSTRAINT account_balance_pkey DO UPDATE
           SET posted = excluded.posted, held = excluded.held, last_seq = excluded.last_seq,
               last_booked_at = excluded.last_booked_at
        RETURNING b.account_id)
    SELECT w.account_id, w.stored_posted, w.rebuilt_posted::bigint, w.stored_held, w.rebuilt_held::bigint,
           w.stored_last_seq, w.rebuilt_last_seq, w.stored_last_booked_at, w.rebuilt_last_booked_at
      FROM wrong w JOIN written USING (account_id)
     ORDER BY w.account_id;
END $$;

REVOKE EXECUTE ON FUNCTION rebuild_balances FROM PUBLIC;
GRANT SELECT ON balance_discrepancy TO fincore_worker, fincore_api;
