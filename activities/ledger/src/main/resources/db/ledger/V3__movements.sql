-- Each movement is one call. All lock in the same order: the guarded account, then, inside post, system accounts.
-- The operation key counts only under the lock of the guarded account: what is accepted takes its key or finds it
-- taken, what would be refused is looked up. So a duplicate that had to wait gets the answer of the one it waited for.

-- What a movement answers. id: hold or transaction; amount: as the outcome says; detail: a status or a currency.
CREATE TYPE answer AS (outcome text, id text, amount bigint, detail text, booked_at timestamptz);

CREATE FUNCTION refusal(p_outcome text, p_amount bigint, p_detail text) RETURNS answer
    LANGUAGE sql IMMUTABLE AS $$ SELECT ROW(p_outcome, NULL, p_amount, p_detail, NULL)::answer $$;

-- What was answered under this key, or p_otherwise if nothing was.
CREATE FUNCTION replay(p_key text, p_fingerprint bytea, p_otherwise answer) RETURNS answer LANGUAGE plpgsql AS $$
DECLARE
    v_answer answer;
    v_same boolean;
BEGIN
    SELECT o.outcome, o.subject_id, o.amount, t.booked_at, o.fingerprint = p_fingerprint
      INTO v_answer.outcome, v_answer.id, v_answer.amount, v_answer.booked_at, v_same
      FROM operation o LEFT JOIN transaction t ON t.id = o.subject_id WHERE o.key = p_key;
    IF v_same IS NULL THEN
        RETURN p_otherwise;
    END IF;
    IF NOT v_same THEN
        RETURN refusal('operation_key_reused', NULL, NULL);
    END IF;
    RETURN v_answer;
END $$;

-- Takes the key for what is about to be done; false if something was done under it.
CREATE FUNCTION claim(p_key text, p_fingerprint bytea, p_answer answer) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO operation (key, fingerprint, outcome, subject_id, amount)
    VALUES (p_key, p_fingerprint, p_answer.outcome, p_answer.id, p_answer.amount) ON CONFLICT (key) DO NOTHING;
    RETURN FOUND;
END $$;

-- The id of a system account of the stripe that a transaction uses.
CREATE FUNCTION system_account(p_code text, p_currency text, p_transaction text) RETURNS bigint LANGUAGE plpgsql AS $$
BEGIN
    RETURN (SELECT id FROM account
             WHERE code = p_code AND currency = p_currency AND stripe = (hashtext(p_transaction) & 15));
END $$;

-- Books one amount from a debited to a credited account; p_freed of what the debited account holds is given back.
-- The account with the higher id is locked last, and by its update: it is the one that others wait for.
CREATE FUNCTION post(p_transaction text, p_kind text, p_debit bigint, p_credit bigint, p_amount bigint, p_currency text,
                     p_reference text, p_freed bigint, p_hold text, p_reverses text)
    RETURNS timestamptz LANGUAGE plpgsql AS $$
DECLARE
    v_lower_is_debit boolean := p_debit < p_credit;
    v_lower bigint := least(p_debit, p_credit);
    v_higher bigint := greatest(p_debit, p_credit);
    v_lower_side side := CASE WHEN p_debit < p_credit THEN 'debit' ELSE 'credit' END;
    v_higher_side side := CASE WHEN p_debit < p_credit THEN 'credit' ELSE 'debit' END;
    v_booked_at timestamptz;
    v_lower_seq bigint;
    v_lower_balance bigint;
    v_higher_seq bigint;
    v_higher_balance bigint;
BEGIN
    SELECT last_booked_at INTO v_booked_at FROM account_balance WHERE account_id = v_lower FOR NO KEY UPDATE;
    UPDATE account_balance
       SET posted = posted + CASE WHEN normal_side = v_higher_side THEN p_amount ELSE -p_amount END,
           held = held - CASE WHEN v_lower_is_debit THEN 0 ELSE p_freed END,
           last_seq = last_seq + 1,
           last_booked_at = greatest(clock_timestamp(), last_booked_at + interval '1 microsecond',
                                     v_booked_at + interval '1 microsecond')
     WHERE account_id = v_higher
    RETURNING last_booked_at, last_seq, CASE WHEN guarded THEN posted END
      INTO STRICT v_booked_at, v_higher_seq, v_higher_balance;
    UPDATE account_balance
       SET posted = posted + CASE WHEN normal_side = v_lower_side THEN p_amount ELSE -p_amount END,
           held = held - CASE WHEN v_lower_is_debit THEN p_freed ELSE 0 END,
           last_seq = last_seq + 1,
           last_booked_at = v_booked_at
     WHERE account_id = v_lower
    RETURNING last_seq, CASE WHEN guarded THEN posted END INTO STRICT v_lower_seq, v_lower_balance;

    INSERT INTO transaction (id, kind, reference, hold_id, reverses, booked_at)
    VALUES (p_transaction, p_kind, p_reference, p_hold, p_reverses, v_booked_at);
    INSERT INTO entry (account_id, seq, transaction_id, side, amount, currency, balance_after, booked_at)
    VALUES (v_lower, v_lower_seq, p_transaction, v_lower_side, p_amount, p_currency, v_lower_balance, v_booked_at),
           (v_higher, v_higher_seq, p_transaction, v_higher_side, p_amount, p_currency, v_higher_balance, v_booked_at);
    RETURN v_booked_at;
END $$;

-- System accounts of a currency come into being with its first wallet; all who come at once insert in one order.
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
CREATE FUNCTION open_wallet(p_wallet text, p_tenant text, p_principal text, p_customer text, p_currency text,
                            p_metadata text[])
    RETURNS TABLE (wallet_id text, opened boolean)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
DECLARE
    v_account bigint;
BEGIN
    PERFORM open_system_accounts(p_currency);
    INSERT INTO wallet (id, tenant, principal, customer_id, currency, account_id, status, metadata)
    VALUES (p_wallet, p_tenant, p_principal, p_customer, p_currency, nextval('wallet_account_id'), 'active',
            jsonb_object(p_metadata))
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

-- The nostro pays in, the wallet is credited. amount: the balance after (deposited), the balance (balance_too_large).
CREATE FUNCTION deposit(p_key text, p_transaction text, p_wallet text, p_amount bigint, p_currency text,
                        p_reference text)
    RETURNS answer LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
DECLARE
    v_fingerprint bytea := sha256(convert_to(
        ARRAY['deposit', p_wallet, p_amount::text, p_currency, p_reference]::text, 'UTF8'));
    v_account bigint;
    v_currency text;
    v_balance bigint;
    v_status text;
    v_answer answer;
BEGIN
    SELECT w.account_id, w.currency, b.posted INTO v_account, v_currency, v_balance
      FROM wallet w JOIN account_balance b ON b.account_id = w.account_id
     WHERE w.id = p_wallet FOR NO KEY UPDATE OF b;
    -- Read after the lock: who changes the status takes the lock too.
    SELECT w.status INTO v_status FROM wallet w WHERE w.id = p_wallet;
    v_answer := CASE
        WHEN v_status IS NULL THEN refusal('wallet_unknown', NULL, NULL)
        WHEN v_currency <> p_currency THEN refusal('currency_mismatch', NULL, v_currency)
        WHEN v_status <> 'active' THEN refusal('wallet_not_active', NULL, v_status)
        WHEN v_balance > 999999999999999999 - p_amount THEN refusal('balance_too_large', v_balance, NULL)
        ELSE ROW('deposited', p_transaction, v_balance + p_amount, NULL, NULL)::answer END;
    IF v_answer.id IS NULL OR NOT claim(p_key, v_fingerprint, v_answer) THEN
        RETURN replay(p_key, v_fingerprint, v_answer);
    END IF;
    v_answer.booked_at := post(
        p_transaction, 'deposit', system_account('nostro', p_currency, p_transaction), v_account,
        p_amount, p_currency, p_reference, 0, NULL, NULL);
    RETURN v_answer;
END $$;

-- Reserves an amount. amount: what is available, after the hold (held) or as it is (insufficient_funds).
CREATE FUNCTION place_hold(p_key text, p_hold text, p_wallet text, p_amount bigint, p_currency text)
    RETURNS answer LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
DECLARE
    -- The id that is proposed for the hold is no part of the content: a retry may propose another.
    v_fingerprint bytea := sha256(convert_to(
        ARRAY['place_hold', p_wallet, p_amount::text, p_currency]::text, 'UTF8'));
    v_wallet record;
    v_status text;
    v_answer answer;
BEGIN
    SELECT w.tenant, w.principal, w.account_id, w.currency, b.posted - b.held AS available INTO v_wallet
      FROM wallet w JOIN account_balance b ON b.account_id = w.account_id
     WHERE w.id = p_wallet FOR NO KEY UPDATE OF b;
    SELECT w.status INTO v_status FROM wallet w WHERE w.id = p_wallet;
    v_answer := CASE
        WHEN v_status IS NULL THEN refusal('wallet_unknown', NULL, NULL)
        WHEN v_wallet.currency <> p_currency THEN refusal('currency_mismatch', NULL, v_wallet.currency)
        WHEN v_status <> 'active' THEN refusal('wallet_not_active', NULL, v_status)
        WHEN v_wallet.available < p_amount THEN refusal('insufficient_funds', v_wallet.available, NULL)
        ELSE ROW('held', p_hold, v_wallet.available - p_amount, NULL, NULL)::answer END;
    IF v_answer.id IS NULL OR NOT claim(p_key, v_fingerprint, v_answer) THEN
        RETURN replay(p_key, v_fingerprint, v_answer);
    END IF;
    INSERT INTO hold (id, tenant, principal, wallet_id, account_id, amount, currency)
    VALUES (p_hold, v_wallet.tenant, v_wallet.principal, p_wallet, v_wallet.account_id, p_amount, p_currency);
    UPDATE account_balance SET held = held + p_amount WHERE account_id = v_wallet.account_id;
    RETURN v_answer;
END $$;

-- Pays the hold, whole or in part, out of the nostro; what is left of it is available again.
-- amount: what is held (amount_above_hold).
CREATE FUNCTION settle_hold(p_key text, p_transaction text, p_hold text, p_amount bigint, p_currency text,
                            p_reference text)
    RETURNS answer LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
DECLARE
    v_fingerprint bytea := sha256(convert_to(
        ARRAY['settle_hold', p_hold, p_amount::text, p_currency, p_reference]::text, 'UTF8'));
    v_account bigint;
    v_held bigint;
    v_currency text;
    v_status text;
    v_answer answer;
BEGIN
    SELECT h.account_id, h.amount, h.currency INTO v_account, v_held, v_currency
      FROM hold h JOIN account_balance b ON b.account_id = h.account_id
     WHERE h.id = p_hold FOR NO KEY UPDATE OF b;
    -- Read after the lock, under which holds are resolved.
    SELECT h.status INTO v_status FROM hold h WHERE h.id = p_hold;
    v_answer := CASE
        WHEN v_status IS NULL THEN refusal('hold_unknown', NULL, NULL)
        WHEN v_status <> 'held' THEN refusal('hold_resolved', NULL, v_status)
        WHEN v_currency <> p_currency THEN refusal('currency_mismatch', NULL, v_currency)
        WHEN v_held < p_amount THEN refusal('amount_above_hold', v_held, NULL)
        ELSE ROW('settled', p_transaction, NULL, NULL, NULL)::answer END;
    IF v_answer.id IS NULL OR NOT claim(p_key, v_fingerprint, v_answer) THEN
        RETURN replay(p_key, v_fingerprint, v_answer);
    END IF;
    UPDATE hold SET status = 'settled', settled_amount = p_amount, resolved_at = clock_timestamp() WHERE id = p_hold;
    v_answer.booked_at := post(
        p_transaction, 'settlement', v_account, system_account('nostro', p_currency, p_transaction),
        p_amount, p_currency, p_reference, v_held, p_hold, NULL);
    RETURN v_answer;
END $$;

-- Gives the whole hold back.
CREATE FUNCTION release_hold(p_key text, p_hold text)
    RETURNS answer LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
DECLARE
    v_fingerprint bytea := sha256(convert_to(ARRAY['release_hold', p_hold]::text, 'UTF8'));
    v_account bigint;
    v_held bigint;
    v_status text;
    v_answer answer;
BEGIN
    SELECT h.account_id, h.amount INTO v_account, v_held
      FROM hold h JOIN account_balance b ON b.account_id = h.account_id
     WHERE h.id = p_hold FOR NO KEY UPDATE OF b;
    SELECT h.status INTO v_status FROM hold h WHERE h.id = p_hold;
    v_answer := CASE
        WHEN v_status IS NULL THEN refusal('hold_unknown', NULL, NULL)
        WHEN v_status <> 'held' THEN refusal('hold_resolved', NULL, v_status)
        ELSE ROW('released', p_hold, NULL, NULL, NULL)::answer END;
    IF v_answer.id IS NULL OR NOT claim(p_key, v_fingerprint, v_answer) THEN
        RETURN replay(p_key, v_fingerprint, v_answer);
    END IF;
    UPDATE hold SET status = 'released', resolved_at = clock_timestamp() WHERE id = p_hold;
    UPDATE account_balance SET held = held - v_held WHERE account_id = v_account;
    RETURN v_answer;
END $$;

-- Books an amount of a customer's movement back, on the other sides. System accounts take the stripe of the new
-- transaction; a closed wallet takes nothing more, its money goes to suspense.
-- amount: what can still be reversed (amount_above_remainder), what is available (insufficient_funds).
CREATE FUNCTION reverse_transaction(p_key text, p_transaction text, p_original text, p_amount bigint, p_currency text,
                                    p_reference text)
    RETURNS answer LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
DECLARE
    v_fingerprint bytea := sha256(convert_to(
        ARRAY['reverse', p_original, p_amount::text, p_currency, p_reference]::text, 'UTF8'));
    v_kind text;
    v_entry record;
    v_available bigint;
    v_remainder bigint;
    v_wallet_status text;
    v_system bigint;
    v_answer answer;
BEGIN
    SELECT t.kind INTO v_kind FROM transaction t WHERE t.id = p_original;
    -- Its entry on the wallet, and the kind of account on the other side.
    SELECT e.account_id, e.side, e.amount, e.currency, a.code AS other_code INTO v_entry
      FROM entry e
      JOIN entry other ON other.transaction_id = e.transaction_id AND other.account_id <> e.account_id
      JOIN account a ON a.id = other.account_id
     WHERE e.transaction_id = p_original AND e.balance_after IS NOT NULL;
    -- Under this lock one reversal at a time sees what the others left of the original.
    SELECT b.posted - b.held INTO v_available
      FROM account_balance b WHERE b.account_id = v_entry.account_id FOR NO KEY UPDATE;
    SELECT w.status INTO v_wallet_status FROM wallet w WHERE w.account_id = v_entry.account_id;
    SELECT v_entry.amount - coalesce(sum(e.amount), 0) INTO v_remainder
      FROM transaction t JOIN entry e ON e.transaction_id = t.id AND e.side = 'debit' WHERE t.reverses = p_original;
    v_answer := CASE
        WHEN v_kind IS NULL THEN refusal('transaction_unknown', NULL, NULL)
        WHEN v_kind = 'reversal' OR v_entry.account_id IS NULL THEN refusal('not_reversible', NULL, NULL)
        WHEN v_entry.currency <> p_currency THEN refusal('currency_mismatch', NULL, v_entry.currency)
        WHEN v_remainder < p_amount THEN refusal('amount_above_remainder', v_remainder, NULL)
        WHEN v_entry.side = 'credit' AND v_available < p_amount THEN refusal('insufficient_funds', v_available, NULL)
        ELSE ROW('reversed', p_transaction, NULL, NULL, NULL)::answer END;
    IF v_answer.id IS NULL OR NOT claim(p_key, v_fingerprint, v_answer) THEN
        RETURN replay(p_key, v_fingerprint, v_answer);
    END IF;
    v_system := system_account(v_entry.other_code, p_currency, p_transaction);
    IF v_entry.side = 'credit' THEN
        v_answer.booked_at := post(p_transaction, 'reversal', v_entry.account_id, v_system,
                                   p_amount, p_currency, p_reference, 0, NULL, p_original);
    ELSIF v_wallet_status = 'closed' THEN
        v_answer.booked_at := post(p_transaction, 'reversal', v_system,
                                   system_account('suspense', p_currency, p_transaction),
                                   p_amount, p_currency, p_reference, 0, NULL, p_original);
    ELSE
        v_answer.booked_at := post(p_transaction, 'reversal', v_system, v_entry.account_id,
                                   p_amount, p_currency, p_reference, 0, NULL, p_original);
    END IF;
    RETURN v_answer;
END $$;
