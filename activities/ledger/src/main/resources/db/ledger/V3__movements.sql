-- Each movement is one call. The order of locks is the same in all: the guarded account, then (inside post) system accounts, by id.
-- Under the lock of the guarded account the operation key is looked up: a duplicate that waited finds what the first one did.

-- What a movement answers. id: hold or transaction; amount: as the outcome says; detail: a status or a currency.
CREATE TYPE answer AS (outcome text, id text, amount bigint, detail text, booked_at timestamptz);

CREATE FUNCTION refusal(p_outcome text, p_amount bigint DEFAULT NULL, p_detail text DEFAULT NULL) RETURNS answer
    LANGUAGE sql IMMUTABLE RETURN ROW(p_outcome, NULL, p_amount, p_detail, NULL)::answer;

-- The ids that a command proposes for what it makes are no part of its content: a retry may propose others.
CREATE FUNCTION fingerprint(VARIADIC p_content text[]) RETURNS bytea
    LANGUAGE sql STABLE RETURN sha256(convert_to(p_content::text, 'UTF8'));

-- What was answered under this key: all null if nothing was.
CREATE FUNCTION replay(p_key text, p_fingerprint bytea) RETURNS answer LANGUAGE plpgsql AS $$
DECLARE
    v_answer answer;
    v_same boolean;
BEGIN
    SELECT o.outcome, o.subject_id, o.amount, o.fingerprint = p_fingerprint
      INTO v_answer.outcome, v_answer.id, v_answer.amount, v_same
      FROM operation o WHERE o.key = p_key;
    IF NOT v_same THEN
        RETURN refusal('operation_key_reused');
    END IF;
    IF v_same THEN
        SELECT t.booked_at INTO v_answer.booked_at FROM transaction t WHERE t.id = v_answer.id;
    END IF;
    RETURN v_answer;
END $$;

-- Takes the key for what is about to be done. False if it was taken meanwhile for another wallet: see replay.
CREATE FUNCTION claim(p_key text, p_fingerprint bytea, p_outcome text, p_subject text, p_amount bigint DEFAULT NULL)
    RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO operation (key, fingerprint, outcome, subject_id, amount)
    VALUES (p_key, p_fingerprint, p_outcome, p_subject, p_amount) ON CONFLICT (key) DO NOTHING;
    RETURN FOUND;
END $$;

-- The stripe of a system account that a transaction uses.
CREATE FUNCTION system_account(p_code text, p_currency text, p_transaction text) RETURNS bigint LANGUAGE sql STABLE
    RETURN (SELECT id FROM account
             WHERE code = p_code AND currency = p_currency AND stripe = hashtext(p_transaction) & 15);

-- Books one amount from a debited to a credited account and gives p_freed of the debited account's held amount back.
CREATE FUNCTION post(p_transaction text, p_kind text, p_debit bigint, p_credit bigint, p_amount bigint, p_currency text,
                     p_reference text, p_freed bigint DEFAULT 0, p_hold text DEFAULT NULL, p_reverses text DEFAULT NULL)
    RETURNS timestamptz LANGUAGE plpgsql AS $$
DECLARE
    v_booked_at timestamptz;
BEGIN
    WITH locked AS (
        SELECT last_booked_at FROM account_balance WHERE account_id IN (p_debit, p_credit)
         ORDER BY account_id FOR NO KEY UPDATE)
    SELECT greatest(clock_timestamp(), max(last_booked_at) + interval '1 microsecond') INTO v_booked_at FROM locked;

    INSERT INTO transaction (id, kind, reference, hold_id, reverses, booked_at)
    VALUES (p_transaction, p_kind, p_reference, p_hold, p_reverses, v_booked_at);

    WITH changed AS (
        UPDATE account_balance b
           SET posted = b.posted + CASE WHEN b.normal_side = leg.side THEN p_amount ELSE -p_amount END,
               held = b.held - leg.freed,
               last_seq = b.last_seq + 1,
               last_booked_at = v_booked_at
          FROM (VALUES (p_debit, 'debit'::side, p_freed), (p_credit, 'credit'::side, 0)) AS leg (account_id, side, freed)
         WHERE b.account_id = leg.account_id
        RETURNING b.account_id, b.last_seq, leg.side, CASE WHEN b.guarded THEN b.posted END AS balance_after)
    INSERT INTO entry (account_id, seq, transaction_id, side, amount, currency, balance_after, booked_at)
    SELECT account_id, last_seq, p_transaction, side, p_amount, p_currency, balance_after, v_booked_at FROM changed;
    RETURN v_booked_at;
END $$;

-- System accounts of a currency come into being with its first wallet; all who come at once insert in the same order.
CREATE FUNCTION open_system_accounts(p_currency text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM account WHERE code = 'nostro' AND currency = p_currency) THEN
        WITH opened AS (
            INSERT INTO account (id, code, currency, normal_side, guarded, stripe)
            SELECT nextval('system_account_id'), code, p_currency, normal_side, guarded, stripe
              FROM (SELECT c.*, stripe FROM chart_of_accounts c, generate_series(0, c.stripes - 1) AS stripe
                     ORDER BY c.code, stripe) AS missing
            ON CONFLICT (code, currency, stripe) DO NOTHING
            RETURNING id, normal_side, guarded)
        INSERT INTO account_balance (account_id, normal_side, guarded) SELECT id, normal_side, guarded FROM opened;
    END IF;
END $$;

-- One wallet per owner, customer and currency: the id of the wallet, and whether this call opened it.
CREATE FUNCTION open_wallet(p_wallet text, p_tenant text, p_principal text, p_customer text, p_currency text, p_metadata text[])
    RETURNS TABLE (wallet_id text, opened boolean)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
DECLARE
    v_account bigint;
BEGIN
    PERFORM open_system_accounts(p_currency);
    INSERT INTO wallet (id, tenant, principal, customer_id, currency, account_id, status, metadata)
    VALUES (p_wallet, p_tenant, p_principal, p_customer, p_currency, nextval('wallet_account_id'), 'active', jsonb_object(p_metadata))
    ON CONFLICT (tenant, principal, customer_id, currency) DO NOTHING
    RETURNING account_id INTO v_account;
    opened := FOUND;
    IF opened THEN
        INSERT INTO account (id, code, currency, normal_side, guarded)
        SELECT v_account, code, p_currency, normal_side, guarded FROM chart_of_accounts WHERE code = 'customer_wallet';
        INSERT INTO account_balance (account_id, normal_side, guarded)
        SELECT id, normal_side, guarded FROM account WHERE id = v_account;
    END IF;
    SELECT w.id INTO wallet_id FROM wallet w
     WHERE w.tenant = p_tenant AND w.principal = p_principal AND w.customer_id = p_customer AND w.currency = p_currency;
    RETURN NEXT;
END $$;

-- Nostro pays in, the wallet is credited. amount: the balance after.
CREATE FUNCTION deposit(p_key text, p_transaction text, p_wallet text, p_amount bigint, p_currency text, p_reference text)
    RETURNS answer LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
DECLARE
    v_fingerprint bytea := fingerprint('deposit', p_wallet, p_amount::text, p_currency, p_reference);
    v_wallet record;
    v_status text;
    v_answer answer;
BEGIN
    SELECT w.account_id, w.currency, b.posted INTO v_wallet
      FROM wallet w JOIN account_balance b ON b.account_id = w.account_id
     WHERE w.id = p_wallet FOR NO KEY UPDATE OF b;
    v_answer := replay(p_key, v_fingerprint);
    IF v_answer.outcome IS NOT NULL THEN
        RETURN v_answer;
    END IF;
    SELECT status INTO v_status FROM wallet WHERE id = p_wallet;
    CASE
        WHEN v_status IS NULL THEN RETURN refusal('wallet_unknown');
        WHEN v_wallet.currency <> p_currency THEN RETURN refusal('currency_mismatch', p_detail => v_wallet.currency);
        WHEN v_status <> 'active' THEN RETURN refusal('wallet_not_active', p_detail => v_status);
        WHEN v_wallet.posted > 999999999999999999 - p_amount THEN RETURN refusal('balance_too_large', v_wallet.posted);
        ELSE NULL;
    END CASE;
    v_answer := ROW('deposited', p_transaction, v_wallet.posted + p_amount, NULL, NULL)::answer;
    IF NOT claim(p_key, v_fingerprint, v_answer.outcome, v_answer.id, v_answer.amount) THEN
        RETURN replay(p_key, v_fingerprint);
    END IF;
    v_answer.booked_at := post(p_transaction, 'deposit', system_account('nostro', p_currency, p_transaction), v_wallet.account_id,
                               p_amount, p_currency, p_reference);
    RETURN v_answer;
END $$;

-- Reserves an amount. amount: what is available after (held) or as it is (insufficient_funds).
CREATE FUNCTION place_hold(p_key text, p_hold text, p_wallet text, p_amount bigint, p_currency text)
    RETURNS answer LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
DECLARE
    v_fingerprint bytea := fingerprint('place_hold', p_wallet, p_amount::text, p_currency);
    v_wallet record;
    v_status text;
    v_answer answer;
BEGIN
    SELECT w.tenant, w.principal, w.account_id, w.currency, b.posted - b.held AS available INTO v_wallet
      FROM wallet w JOIN account_balance b ON b.account_id = w.account_id
     WHERE w.id = p_wallet FOR NO KEY UPDATE OF b;
    v_answer := replay(p_key, v_fingerprint);
    IF v_answer.outcome IS NOT NULL THEN
        RETURN v_answer;
    END IF;
    SELECT status INTO v_status FROM wallet WHERE id = p_wallet;
    CASE
        WHEN v_status IS NULL THEN RETURN refusal('wallet_unknown');
        WHEN v_wallet.currency <> p_currency THEN RETURN refusal('currency_mismatch', p_detail => v_wallet.currency);
        WHEN v_status <> 'active' THEN RETURN refusal('wallet_not_active', p_detail => v_status);
        WHEN v_wallet.available < p_amount THEN RETURN refusal('insufficient_funds', v_wallet.available);
        ELSE NULL;
    END CASE;
    v_answer := ROW('held', p_hold, v_wallet.available - p_amount, NULL, NULL)::answer;
    IF NOT claim(p_key, v_fingerprint, v_answer.outcome, v_answer.id, v_answer.amount) THEN
        RETURN replay(p_key, v_fingerprint);
    END IF;
    INSERT INTO hold (id, tenant, principal, wallet_id, account_id, amount, currency)
    VALUES (p_hold, v_wallet.tenant, v_wallet.principal, p_wallet, v_wallet.account_id, p_amount, p_currency);
    UPDATE account_balance SET held = held + p_amount WHERE account_id = v_wallet.account_id;
    RETURN v_answer;
END $$;

-- Pays the hold, whole or in part, to the nostro; what is left of it is available again. amount: what is held (amount_above_hold).
CREATE FUNCTION settle_hold(p_key text, p_transaction text, p_hold text, p_amount bigint, p_currency text, p_reference text)
    RETURNS answer LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
DECLARE
    v_fingerprint bytea := fingerprint('settle_hold', p_hold, p_amount::text, p_currency, p_reference);
    v_hold record;
    v_status text;
    v_answer answer;
BEGIN
    SELECT h.account_id, h.amount, h.currency INTO v_hold
      FROM hold h JOIN account_balance b ON b.account_id = h.account_id
     WHERE h.id = p_hold FOR NO KEY UPDATE OF b;
    v_answer := replay(p_key, v_fingerprint);
    IF v_answer.outcome IS NOT NULL THEN
        RETURN v_answer;
    END IF;
    SELECT status INTO v_status FROM hold WHERE id = p_hold;
    CASE
        WHEN v_status IS NULL THEN RETURN refusal('hold_unknown');
        WHEN v_status <> 'held' THEN RETURN refusal('hold_resolved', p_detail => v_status);
        WHEN v_hold.currency <> p_currency THEN RETURN refusal('currency_mismatch', p_detail => v_hold.currency);
        WHEN v_hold.amount < p_amount THEN RETURN refusal('amount_above_hold', v_hold.amount);
        ELSE NULL;
    END CASE;
    v_answer := ROW('settled', p_transaction, NULL, NULL, NULL)::answer;
    IF NOT claim(p_key, v_fingerprint, v_answer.outcome, v_answer.id) THEN
        RETURN replay(p_key, v_fingerprint);
    END IF;
    UPDATE hold SET status = 'settled', settled_amount = p_amount, resolved_at = clock_timestamp() WHERE id = p_hold;
    v_answer.booked_at := post(p_transaction, 'settlement', v_hold.account_id, system_account('nostro', p_currency, p_transaction),
                               p_amount, p_currency, p_reference, p_freed => v_hold.amount, p_hold => p_hold);
    RETURN v_answer;
END $$;

-- Gives the whole hold back.
CREATE FUNCTION release_hold(p_key text, p_hold text)
    RETURNS answer LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
DECLARE
    v_fingerprint bytea := fingerprint('release_hold', p_hold);
    v_hold record;
    v_status text;
    v_answer answer;
BEGIN
    SELECT h.account_id, h.amount INTO v_hold
      FROM hold h JOIN account_balance b ON b.account_id = h.account_id
     WHERE h.id = p_hold FOR NO KEY UPDATE OF b;
    v_answer := replay(p_key, v_fingerprint);
    IF v_answer.outcome IS NOT NULL THEN
        RETURN v_answer;
    END IF;
    SELECT status INTO v_status FROM hold WHERE id = p_hold;
    CASE
        WHEN v_status IS NULL THEN RETURN refusal('hold_unknown');
        WHEN v_status <> 'held' THEN RETURN refusal('hold_resolved', p_detail => v_status);
        ELSE NULL;
    END CASE;
    v_answer := ROW('released', p_hold, NULL, NULL, NULL)::answer;
    IF NOT claim(p_key, v_fingerprint, v_answer.outcome, v_answer.id) THEN
        RETURN replay(p_key, v_fingerprint);
    END IF;
    UPDATE hold SET status = 'released', resolved_at = clock_timestamp() WHERE id = p_hold;
    UPDATE account_balance SET held = held - v_hold.amount WHERE account_id = v_hold.account_id;
    RETURN v_answer;
END $$;

-- Books an amount of a transaction back, on the other sides. System accounts take the stripe of the new transaction; a closed
-- wallet takes nothing more, its money goes to suspense. amount: what can still be reversed, or what is available.
CREATE FUNCTION reverse_transaction(p_key text, p_transaction text, p_original text, p_amount bigint, p_currency text, p_reference text)
    RETURNS answer LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
DECLARE
    v_fingerprint bytea := fingerprint('reverse', p_original, p_amount::text, p_currency, p_reference);
    v_kind text;
    v_original record;
    v_remainder bigint;
    v_available bigint;
    v_answer answer;
BEGIN
    -- One reversal of a transaction at a time: each sees what the others left to be reversed.
    SELECT kind INTO v_kind FROM transaction WHERE id = p_original FOR NO KEY UPDATE;
    -- Of a customer's movement one side is a wallet.
    SELECT wallet.account_id, wallet.side, wallet.amount, wallet.currency, a.code AS other_code INTO v_original
      FROM entry wallet
      JOIN account_balance b ON b.account_id = wallet.account_id AND b.guarded
      JOIN entry other ON other.transaction_id = wallet.transaction_id AND other.account_id <> wallet.account_id
      JOIN account a ON a.id = other.account_id
     WHERE wallet.transaction_id = p_original FOR NO KEY UPDATE OF b;
    v_answer := replay(p_key, v_fingerprint);
    IF v_answer.outcome IS NOT NULL THEN
        RETURN v_answer;
    END IF;
    IF v_kind IS NULL THEN
        RETURN refusal('transaction_unknown');
    END IF;
    IF v_kind = 'reversal' THEN
        RETURN refusal('not_reversible');
    END IF;
    SELECT v_original.amount - coalesce(sum(e.amount), 0) INTO v_remainder
      FROM transaction t JOIN entry e ON e.transaction_id = t.id AND e.side = 'debit' WHERE t.reverses = p_original;
    SELECT posted - held INTO v_available FROM account_balance WHERE account_id = v_original.account_id;
    CASE
        WHEN v_original.currency <> p_currency THEN RETURN refusal('currency_mismatch', p_detail => v_original.currency);
        WHEN v_remainder < p_amount THEN RETURN refusal('amount_above_remainder', v_remainder);
        WHEN v_original.side = 'credit' AND v_available < p_amount THEN RETURN refusal('insufficient_funds', v_available);
        ELSE NULL;
    END CASE;
    v_answer := ROW('reversed', p_transaction, NULL, NULL, NULL)::answer;
    IF NOT claim(p_key, v_fingerprint, v_answer.outcome, v_answer.id) THEN
        RETURN replay(p_key, v_fingerprint);
    END IF;
    IF v_original.side = 'credit' THEN
        v_answer.booked_at := post(p_transaction, 'reversal', v_original.account_id,
                                   system_account(v_original.other_code, p_currency, p_transaction),
                                   p_amount, p_currency, p_reference, p_reverses => p_original);
    ELSE
        v_answer.booked_at := post(p_transaction, 'reversal', system_account(v_original.other_code, p_currency, p_transaction),
                                   (SELECT CASE w.status WHEN 'closed' THEN system_account('suspense', p_currency, p_transaction)
                                                         ELSE w.account_id END
                                      FROM wallet w WHERE w.account_id = v_original.account_id),
                                   p_amount, p_currency, p_reference, p_reverses => p_original);
    END IF;
    RETURN v_answer;
END $$;
