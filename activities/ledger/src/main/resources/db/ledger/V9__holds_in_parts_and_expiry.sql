-- Holds are settled whole or in parts, and those of client authorisations expire. A saga's hold never does.

-- settled_amount grows with each part, so amount - settled_amount is what is held. expires_at: from this instant on it cannot be settled
-- any more. expired: what was left was given back for that reason.
ALTER TABLE hold
    DROP CONSTRAINT hold_check1,
    DROP CONSTRAINT hold_check2,
    ALTER COLUMN settled_amount TYPE bigint USING coalesce(settled_amount, 0),
    ALTER COLUMN settled_amount SET DEFAULT 0,
    ALTER COLUMN settled_amount SET NOT NULL,
    ADD COLUMN expires_at timestamptz,
    ADD COLUMN expired boolean NOT NULL DEFAULT false,
    -- Settled: a part of it at least, and what was left was given back. Released: all of it was given back.
    ADD CONSTRAINT settled_amount_fits CHECK (
        CASE status WHEN 'held' THEN settled_amount >= 0 AND settled_amount < amount
                    WHEN 'settled' THEN settled_amount BETWEEN 1 AND amount
                    WHEN 'released' THEN settled_amount = 0
                    ELSE false END),
    ADD CONSTRAINT only_what_is_left_expires CHECK (
        NOT expired OR (status <> 'held' AND settled_amount < amount AND expires_at IS NOT NULL));

CREATE INDEX expiring_hold ON hold (expires_at) WHERE status = 'held' AND expires_at IS NOT NULL;

-- A hold may have several settlements now. Together they are what it says was settled, which is at most its amount and stays when it is
-- resolved: whoever adds one must tell the hold, and the hold may refuse.
ALTER TABLE transaction DROP CONSTRAINT transaction_hold_id_key;
CREATE INDEX settlement_of_hold ON transaction (hold_id) WHERE hold_id IS NOT NULL;

CREATE FUNCTION check_settlement() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
DECLARE
    v_hold hold;
    v_settled numeric;
BEGIN
    -- Under this lock one transaction at a time sees what the others settled.
    SELECT * INTO v_hold FROM hold WHERE id = NEW.hold_id FOR NO KEY UPDATE;
    SELECT coalesce(sum(e.amount), 0) INTO v_settled
      FROM transaction t
      JOIN entry e ON e.transaction_id = t.id AND e.account_id = v_hold.account_id AND e.side = 'debit'
     WHERE t.hold_id = NEW.hold_id;
    IF v_settled <> v_hold.settled_amount THEN
        RAISE EXCEPTION 'hold % says that % of it is settled, but its settlements are of %',
            NEW.hold_id, v_hold.settled_amount, v_settled USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER settlements_stay_below AFTER INSERT ON transaction
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.hold_id IS NOT NULL) EXECUTE FUNCTION check_settlement();

-- A hold whose account is locked, read after the lock: who changes a hold takes it too. Without an id there is none.
CREATE FUNCTION lock_hold(p_hold text) RETURNS hold LANGUAGE plpgsql AS $$
DECLARE
    v_hold hold;
BEGIN
    PERFORM FROM hold h JOIN account_balance b ON b.account_id = h.account_id WHERE h.id = p_hold FOR NO KEY UPDATE OF b;
    SELECT * INTO v_hold FROM hold WHERE id = p_hold;
    RETURN v_hold;
END $$;

-- Whether it is too late for it, also while nobody has released it yet. The job's release changes nothing about that.
CREATE FUNCTION has_expired(p_hold hold) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    RETURN p_hold.expired OR (p_hold.status = 'held' AND p_hold.expires_at <= clock_timestamp());
END $$;

-- Reserves an amount, for ever or until an instant. amount: what is available, after the hold (held) or as it is (insufficient_funds).
DROP FUNCTION place_hold(text, text, text, bigint, text);
CREATE FUNCTION place_hold(p_key text, p_hold text, p_wallet text, p_amount bigint, p_currency text,
                           p_expires_at timestamptz DEFAULT NULL)
    RETURNS answer LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
DECLARE
    -- The id that is proposed for the hold is no part of the content: a retry may propose another.
    v_fingerprint bytea := sha256(convert_to(
        (ARRAY['place_hold', p_wallet, p_amount::text, p_currency]
         || array_remove(ARRAY[extract(epoch FROM p_expires_at)::text], NULL))::text, 'UTF8'));
    v_wallet locked_wallet := lock_wallet(p_wallet);
    v_answer answer := CASE
        WHEN v_wallet.status IS NULL THEN refusal('wallet_unknown', NULL, NULL)
        WHEN v_wallet.currency <> p_currency THEN refusal('currency_mismatch', NULL, v_wallet.currency)
        WHEN v_wallet.status <> 'active' THEN refusal('wallet_not_active', NULL, v_wallet.status)
        WHEN p_expires_at <= clock_timestamp() THEN refusal('hold_expired', NULL, NULL)
        WHEN v_wallet.available < p_amount THEN refusal('insufficient_funds', v_wallet.available, NULL)
        ELSE ROW('held', p_hold, v_wallet.available - p_amount, NULL, NULL)::answer END;
    v_placed_at timestamptz;
BEGIN
    IF v_answer.id IS NULL OR NOT claim(p_key, v_fingerprint, v_answer) THEN
        RETURN replay(p_key, v_fingerprint, v_answer);
    END IF;
    -- Not before the money was there.
    UPDATE account_balance SET held = held + p_amount WHERE account_id = v_wallet.account_id
    RETURNING greatest(clock_timestamp(), last_booked_at) INTO v_placed_at;
    INSERT INTO hold (id, tenant, principal, wallet_id, account_id, amount, currency, placed_at, expires_at)
    SELECT p_hold, w.tenant, w.principal, w.id, w.account_id, p_amount, p_currency, v_placed_at, p_expires_at
      FROM wallet w WHERE w.id = p_wallet;
    RETURN v_answer;
END $$;

-- Pays the hold or a part of it out of the nostro. What is then left is available again, or stays held for parts to come (p_final false).
-- amount: what is still held (settled), what is held (amount_above_hold).
DROP FUNCTION settle_hold(text, text, text, bigint, text, text);
CREATE FUNCTION settle_hold(p_key text, p_transaction text, p_hold text, p_amount bigint, p_currency text,
                            p_reference text, p_final boolean DEFAULT true)
    RETURNS answer LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
DECLARE
    v_fingerprint bytea := sha256(convert_to(
        (ARRAY['settle_hold', p_hold, p_amount::text, p_currency, p_reference]
         || CASE WHEN p_final THEN '{}' ELSE ARRAY['more may follow'] END)::text, 'UTF8'));
    v_hold hold := lock_hold(p_hold);
    v_left bigint := v_hold.amount - v_hold.settled_amount;
    v_freed bigint := CASE WHEN p_final THEN v_left ELSE p_amount END;
    v_answer answer := CASE
        WHEN v_hold.id IS NULL THEN refusal('hold_unknown', NULL, NULL)
        WHEN has_expired(v_hold) THEN refusal('hold_expired', NULL, NULL)
        WHEN v_hold.status <> 'held' THEN refusal('hold_resolved', NULL, v_hold.status)
        WHEN v_hold.currency <> p_currency THEN refusal('currency_mismatch', NULL, v_hold.currency)
        WHEN v_left < p_amount THEN refusal('amount_above_hold', v_left, NULL)
        ELSE ROW('settled', p_transaction, v_left - v_freed, NULL, NULL)::answer END;
BEGIN
    IF v_answer.id IS NULL OR NOT claim(p_key, v_fingerprint, v_answer) THEN
        RETURN replay(p_key, v_fingerprint, v_answer);
    END IF;
    v_answer.booked_at := post(
        p_transaction, 'settlement', v_hold.account_id, system_account('nostro', p_currency, p_transaction),
        p_amount, p_currency, p_reference, v_freed, p_hold, NULL);
    -- Resolved in the instant of the movement: at any other, what is held and what is posted do not fit.
    UPDATE hold
       SET settled_amount = settled_amount + p_amount,
           status = CASE WHEN v_freed = v_left THEN 'settled' ELSE 'held' END,
           resolved_at = CASE WHEN v_freed = v_left THEN v_answer.booked_at END
     WHERE id = p_hold;
    RETURN v_answer;
END $$;

-- Gives back what is left of the hold, also after its deadline.
CREATE OR REPLACE FUNCTION release_hold(p_key text, p_hold text)
    RETURNS answer LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
DECLARE
    v_fingerprint bytea := sha256(convert_to(ARRAY['release_hold', p_hold]::text, 'UTF8'));
    v_hold hold := lock_hold(p_hold);
    v_answer answer := CASE
        WHEN v_hold.id IS NULL THEN refusal('hold_unknown', NULL, NULL)
        WHEN v_hold.status <> 'held' THEN refusal('hold_resolved', NULL, v_hold.status)
        ELSE ROW('released', p_hold, NULL, NULL, NULL)::answer END;
    v_released_at timestamptz;
BEGIN
    IF v_answer.id IS NULL OR NOT claim(p_key, v_fingerprint, v_answer) THEN
        RETURN replay(p_key, v_fingerprint, v_answer);
    END IF;
    UPDATE account_balance SET held = held - (v_hold.amount - v_hold.settled_amount) WHERE account_id = v_hold.account_id
    RETURNING greatest(clock_timestamp(), last_booked_at) INTO v_released_at;
    UPDATE hold
       SET status = CASE WHEN settled_amount > 0 THEN 'settled' ELSE 'released' END, resolved_at = v_released_at
     WHERE id = p_hold;
    RETURN v_answer;
END $$;

-- Takes the deadline away while it has not passed; again changes nothing. For a saga that is about to ask the bank with a client's
-- authorisation: what the bank pays must not have expired meanwhile.
CREATE FUNCTION keep_hold(p_hold text)
    RETURNS answer LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
DECLARE
    v_hold hold := lock_hold(p_hold);
BEGIN
    IF v_hold.id IS NULL THEN
        RETURN refusal('hold_unknown', NULL, NULL);
    ELSIF has_expired(v_hold) THEN
        RETURN refusal('hold_expired', NULL, NULL);
    ELSIF v_hold.status <> 'held' THEN
        RETURN refusal('hold_resolved', NULL, v_hold.status);
    END IF;
    UPDATE hold SET expires_at = NULL WHERE id = p_hold AND expires_at IS NOT NULL;
    RETURN ROW('kept', p_hold, NULL, NULL, NULL)::answer;
END $$;

-- Gives back what is left of holds whose deadline has passed, those first that have waited longest, and answers their ids. A wallet that is
-- locked at this moment is left for the next time: who never waits for a wallet needs no order to lock them in.
CREATE FUNCTION release_expired_holds(p_limit integer)
    RETURNS SETOF text
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
DECLARE
    v_now timestamptz := clock_timestamp();
    v_overdue text[];
BEGIN
    v_overdue := ARRAY(
        SELECT h.id FROM hold h JOIN account_balance b ON b.account_id = h.account_id
         WHERE h.status = 'held' AND h.expires_at <= v_now
         ORDER BY h.expires_at LIMIT p_limit FOR NO KEY UPDATE OF b SKIP LOCKED);
    -- Looked at again under the locks: somebody may have released it, or kept it just in time.
    RETURN QUERY
    WITH given_back AS (
        UPDATE hold h
           SET status = CASE WHEN h.settled_amount > 0 THEN 'settled' ELSE 'released' END,
               expired = true,
               resolved_at = greatest(clock_timestamp(), b.last_booked_at)
          FROM account_balance b
         WHERE h.id = ANY (v_overdue) AND h.status = 'held' AND h.expires_at <= v_now AND b.account_id = h.account_id
        RETURNING h.id, h.account_id, h.amount - h.settled_amount AS rest),
    freed AS (
        UPDATE account_balance b
           SET held = b.held - g.rest
          FROM (SELECT r.account_id, sum(r.rest)::bigint AS rest FROM given_back r GROUP BY r.account_id) AS g
         WHERE b.account_id = g.account_id)
    SELECT g.id FROM given_back g;
END $$;

-- As before; of a hold that was open at the instant, the parts settled until then were held no more. This very microsecond has not passed:
-- something may still be placed in it.
CREATE OR REPLACE FUNCTION balance_at(p_wallet text, p_at timestamptz)
    RETURNS TABLE (currency text, posted bigint, held bigint)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
DECLARE
    v_account bigint;
BEGIN
    SELECT w.account_id, w.currency INTO v_account, balance_at.currency FROM wallet w WHERE w.id = p_wallet;
    PERFORM FROM account_balance b WHERE b.account_id = v_account FOR SHARE;
    IF NOT FOUND OR p_at >= clock_timestamp() THEN
        RETURN;
    END IF;
    balance_at.posted := coalesce(
        (SELECT e.balance_after FROM entry e
          WHERE e.account_id = v_account AND e.booked_at <= p_at ORDER BY e.booked_at DESC LIMIT 1), 0);
    balance_at.held := (
        SELECT coalesce(sum(h.amount - CASE WHEN h.settled_amount = 0 THEN 0 ELSE (
                   SELECT coalesce(sum(e.amount), 0)
                     FROM transaction t JOIN entry e ON e.transaction_id = t.id AND e.account_id = v_account
                    WHERE t.hold_id = h.id AND t.booked_at <= p_at) END), 0)
          FROM hold h
         WHERE h.account_id = v_account AND h.placed_at <= p_at AND (h.resolved_at IS NULL OR h.resolved_at > p_at));
    RETURN NEXT;
END $$;

REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA ledger FROM PUBLIC;
GRANT EXECUTE ON FUNCTION place_hold, settle_hold, keep_hold, release_expired_holds TO fincore_worker;
