-- Withdrawals, transfers, the life of a wallet, metadata of transactions, and balances of the past.

ALTER TABLE transaction
    ADD COLUMN metadata jsonb NOT NULL DEFAULT '{}',
    DROP CONSTRAINT transaction_check,
    ADD CONSTRAINT kind_fits CHECK (
        CASE kind WHEN 'deposit' THEN hold_id IS NULL AND reverses IS NULL
                  WHEN 'withdrawal' THEN hold_id IS NULL AND reverses IS NULL
                  WHEN 'transfer' THEN hold_id IS NULL AND reverses IS NULL
                  WHEN 'settlement' THEN hold_id IS NOT NULL AND reverses IS NULL
                  WHEN 'reversal' THEN hold_id IS NULL AND reverses IS NOT NULL
                  ELSE false END);

-- The balance at an instant is the balance after the last entry until then: one look into this index, however many there are.
CREATE INDEX entry_in_time ON entry (account_id, booked_at) INCLUDE (balance_after);
CREATE INDEX hold_in_time ON hold (account_id, resolved_at) INCLUDE (placed_at, amount);

CREATE TABLE wallet_history (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    wallet_id text NOT NULL REFERENCES wallet (id),
    from_status text NOT NULL,
    to_status text NOT NULL,
    actor text NOT NULL,
    reason text NOT NULL,
    changed_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE INDEX history_of_wallet ON wallet_history (wallet_id, number);

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON wallet_history
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- As before, and the transaction keeps its client's metadata.
DROP FUNCTION post(text, text, bigint, bigint, bigint, text, text, bigint, text, text);
CREATE FUNCTION post(p_transaction text, p_kind text, p_debit bigint, p_credit bigint, p_amount bigint, p_currency text,
                     p_reference text, p_freed bigint, p_hold text, p_reverses text, p_metadata text[] DEFAULT '{}')
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

    INSERT INTO transaction (id, kind, reference, hold_id, reverses, booked_at, metadata)
    VALUES (p_transaction, p_kind, p_reference, p_hold, p_reverses, v_booked_at, jsonb_object(p_metadata));
    INSERT INTO entry (account_id, seq, transaction_id, side, amount, currency, balance_after, booked_at)
    VALUES (v_lower, v_lower_seq, p_transaction, v_lower_side, p_amount, p_currency, v_lower_balance, v_booked_at),
           (v_higher, v_higher_seq, p_transaction, v_higher_side, p_amount, p_currency, v_higher_balance, v_booked_at);
    RETURN v_booked_at;
END $$;

-- A wallet whose account is locked; its status is read after the lock, which whoever changes it takes too.
CREATE TYPE locked_wallet AS (account_id bigint, currency text, posted bigint, available bigint, status text);

CREATE FUNCTION lock_wallet(p_wallet text) RETURNS locked_wallet LANGUAGE plpgsql AS $$
DECLARE
    v_wallet locked_wallet;
BEGIN
    SELECT w.account_id, w.currency, b.posted, b.posted - b.held
      INTO v_wallet.account_id, v_wallet.currency, v_wallet.posted, v_wallet.available
      FROM wallet w JOIN account_balance b ON b.account_id = w.account_id
     WHERE w.id = p_wallet FOR NO KEY UPDATE OF b;
    SELECT w.status INTO v_wallet.status FROM wallet w WHERE w.id = p_wallet;
    RETURN v_wallet;
END $$;

-- The nostro pays in, the wallet is credited. amount: the balance after (deposited), the balance (balance_too_large).
DROP FUNCTION deposit(text, text, text, bigint, text, text);
CREATE FUNCTION deposit(p_key text, p_transaction text, p_wallet text, p_amount bigint, p_currency text,
                        p_reference text, p_metadata text[] DEFAULT '{}')
    RETURNS answer LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
DECLARE
    v_fingerprint bytea := sha256(convert_to(
        (ARRAY['deposit', p_wallet, p_amount::text, p_currency, p_reference] || p_metadata)::text, 'UTF8'));
    v_wallet locked_wallet := lock_wallet(p_wallet);
    v_answer answer := CASE
        WHEN v_wallet.status IS NULL THEN refusal('wallet_unknown', NULL, NULL)
        WHEN v_wallet.currency <> p_currency THEN refusal('currency_mismatch', NULL, v_wallet.currency)
        WHEN v_wallet.status <> 'active' THEN refusal('wallet_not_active', NULL, v_wallet.status)
        WHEN v_wallet.posted > 999999999999999999 - p_amount THEN refusal('balance_too_large', v_wallet.posted, NULL)
        ELSE ROW('deposited', p_transaction, v_wallet.posted + p_amount, NULL, NULL)::answer END;
BEGIN
    IF v_answer.id IS NULL OR NOT claim(p_key, v_fingerprint, v_answer) THEN
        RETURN replay(p_key, v_fingerprint, v_answer);
    END IF;
    v_answer.booked_at := post(
        p_transaction, 'deposit', system_account('nostro', p_currency, p_transaction), v_wallet.account_id,
        p_amount, p_currency, p_reference, 0, NULL, NULL, p_metadata);
    RETURN v_answer;
END $$;

-- The wallet is debited, the nostro pays out. amount: the balance after (withdrawn), what is available (insufficient_funds).
CREATE FUNCTION withdraw(p_key text, p_transaction text, p_wallet text, p_amount bigint, p_currency text,
                         p_reference text, p_metadata text[])
    RETURNS answer LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
DECLARE
    v_fingerprint bytea := sha256(convert_to(
        (ARRAY['withdraw', p_wallet, p_amount::text, p_currency, p_reference] || p_metadata)::text, 'UTF8'));
    v_wallet locked_wallet := lock_wallet(p_wallet);
    v_answer answer := CASE
        WHEN v_wallet.status IS NULL THEN refusal('wallet_unknown', NULL, NULL)
        WHEN v_wallet.currency <> p_currency THEN refusal('currency_mismatch', NULL, v_wallet.currency)
        WHEN v_wallet.status <> 'active' THEN refusal('wallet_not_active', NULL, v_wallet.status)
        WHEN v_wallet.available < p_amount THEN refusal('insufficient_funds', v_wallet.available, NULL)
        ELSE ROW('withdrawn', p_transaction, v_wallet.posted - p_amount, NULL, NULL)::answer END;
BEGIN
    IF v_answer.id IS NULL OR NOT claim(p_key, v_fingerprint, v_answer) THEN
        RETURN replay(p_key, v_fingerprint, v_answer);
    END IF;
    v_answer.booked_at := post(
        p_transaction, 'withdrawal', v_wallet.account_id, system_account('nostro', p_currency, p_transaction),
        p_amount, p_currency, p_reference, 0, NULL, NULL, p_metadata);
    RETURN v_answer;
END $$;

-- source_after: the balance after (transferred), what is available (insufficient_funds); destination_after: the balance after
-- (transferred), the balance (destination_balance_too_large).
CREATE TYPE transfer_answer AS (outcome text, id text, source_after bigint, destination_after bigint, detail text,
                                booked_at timestamptz);

-- From wallet to wallet. Both are locked in the order of their accounts.
CREATE FUNCTION transfer(p_key text, p_transaction text, p_source text, p_destination text, p_amount bigint,
                         p_currency text, p_reference text, p_metadata text[])
    RETURNS transfer_answer LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
DECLARE
    v_fingerprint bytea := sha256(convert_to(
        (ARRAY['transfer', p_source, p_destination, p_amount::text, p_currency, p_reference] || p_metadata)::text, 'UTF8'));
    v_source locked_wallet;
    v_destination locked_wallet;
    v_answer answer;
BEGIN
    IF (SELECT account_id FROM wallet WHERE id = p_source) < (SELECT account_id FROM wallet WHERE id = p_destination) THEN
        v_source := lock_wallet(p_source);
        v_destination := lock_wallet(p_destination);
    ELSE
        v_destination := lock_wallet(p_destination);
        v_source := lock_wallet(p_source);
    END IF;
    v_answer := CASE
        WHEN v_source.status IS NULL THEN refusal('wallet_unknown', NULL, NULL)
        WHEN v_destination.status IS NULL THEN refusal('destination_unknown', NULL, NULL)
        WHEN v_source.currency <> p_currency THEN refusal('currency_mismatch', NULL, v_source.currency)
        WHEN v_destination.currency <> p_currency
            THEN refusal('destination_currency_mismatch', NULL, v_destination.currency)
        WHEN v_source.status <> 'active' THEN refusal('wallet_not_active', NULL, v_source.status)
        WHEN v_destination.status <> 'active' THEN refusal('destination_not_active', NULL, v_destination.status)
        WHEN v_source.available < p_amount THEN refusal('insufficient_funds', v_source.available, NULL)
        WHEN v_destination.posted > 999999999999999999 - p_amount
            THEN refusal('destination_balance_too_large', v_destination.posted, NULL)
        ELSE ROW('transferred', p_transaction, v_source.posted - p_amount, NULL, NULL)::answer END;
    IF v_answer.id IS NULL OR NOT claim(p_key, v_fingerprint, v_answer) THEN
        v_answer := replay(p_key, v_fingerprint, v_answer);
        RETURN ROW(v_answer.outcome, v_answer.id, v_answer.amount,
                   CASE WHEN v_answer.id IS NULL THEN v_answer.amount
                        ELSE (SELECT balance_after FROM entry WHERE transaction_id = v_answer.id AND side = 'credit') END,
                   v_answer.detail, v_answer.booked_at)::transfer_answer;
    END IF;
    v_answer.booked_at := post(p_transaction, 'transfer', v_source.account_id, v_destination.account_id,
                               p_amount, p_currency, p_reference, 0, NULL, NULL, p_metadata);
    RETURN ROW(v_answer.outcome, v_answer.id, v_answer.amount, v_destination.posted + p_amount, NULL,
               v_answer.booked_at)::transfer_answer;
END $$;

-- Books an amount of a customer's movement back, on the other sides. System accounts take the stripe of the new
-- transaction; a closed wallet takes nothing more, its money goes to suspense.
-- amount: what can still be reversed (amount_above_remainder), what is available (insufficient_funds).
CREATE OR REPLACE FUNCTION reverse_transaction(p_key text, p_transaction text, p_original text, p_amount bigint,
                                               p_currency text, p_reference text)
    RETURNS answer LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
DECLARE
    v_fingerprint bytea := sha256(convert_to(
        ARRAY['reverse', p_original, p_amount::text, p_currency, p_reference]::text, 'UTF8'));
    v_original record;
    v_available bigint;
    v_remainder bigint;
    v_pays bigint;
    v_gets bigint;
    v_answer answer;
BEGIN
    SELECT t.kind, d.amount, d.currency, d.account_id AS debited, da.code AS debited_code, da.guarded AS debits_wallet,
           c.account_id AS credited, ca.code AS credited_code, ca.guarded AS credits_wallet
      INTO v_original
      FROM transaction t
      JOIN entry d ON d.transaction_id = t.id AND d.side = 'debit' JOIN account da ON da.id = d.account_id
      JOIN entry c ON c.transaction_id = t.id AND c.side = 'credit' JOIN account ca ON ca.id = c.account_id
     WHERE t.id = p_original;
    -- Under these locks one reversal at a time sees what the others left of the original.
    PERFORM FROM account_balance
      WHERE account_id IN (v_original.debited, v_original.credited) AND guarded ORDER BY account_id FOR NO KEY UPDATE;
    SELECT posted - held INTO v_available FROM account_balance WHERE account_id = v_original.credited AND guarded;
    SELECT v_original.amount - coalesce(sum(e.amount), 0) INTO v_remainder
      FROM transaction t JOIN entry e ON e.transaction_id = t.id AND e.side = 'debit' WHERE t.reverses = p_original;
    v_answer := CASE
        WHEN v_original.kind IS NULL THEN refusal('transaction_unknown', NULL, NULL)
        WHEN v_original.kind = 'reversal' OR NOT (v_original.debits_wallet OR v_original.credits_wallet)
            THEN refusal('not_reversible', NULL, NULL)
        WHEN v_original.currency <> p_currency THEN refusal('currency_mismatch', NULL, v_original.currency)
        WHEN v_remainder < p_amount THEN refusal('amount_above_remainder', v_remainder, NULL)
        WHEN v_available < p_amount THEN refusal('insufficient_funds', v_available, NULL)
        ELSE ROW('reversed', p_transaction, NULL, NULL, NULL)::answer END;
    IF v_answer.id IS NULL OR NOT claim(p_key, v_fingerprint, v_answer) THEN
        RETURN replay(p_key, v_fingerprint, v_answer);
    END IF;
    v_pays := CASE WHEN v_original.credits_wallet THEN v_original.credited
                   ELSE system_account(v_original.credited_code, p_currency, p_transaction) END;
    v_gets := CASE WHEN NOT v_original.debits_wallet
                       THEN system_account(v_original.debited_code, p_currency, p_transaction)
                   WHEN (SELECT status FROM wallet WHERE account_id = v_original.debited) = 'closed'
                       THEN system_account('suspense', p_currency, p_transaction)
                   ELSE v_original.debited END;
    v_answer.booked_at := post(p_transaction, 'reversal', v_pays, v_gets, p_amount, p_currency, p_reference, 0, NULL, p_original);
    RETURN v_answer;
END $$;

-- Freezes, unfreezes or closes; again changes nothing. Closed needs a balance of zero and no open hold.
-- detail: the status before (changed), the status that bars the way (wallet_status_refused); amount: the balance (wallet_not_empty).
CREATE FUNCTION change_wallet_status(p_wallet text, p_status text, p_actor text, p_reason text)
    RETURNS answer LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
DECLARE
    v_wallet locked_wallet := lock_wallet(p_wallet);
BEGIN
    IF v_wallet.status IS NULL THEN
        RETURN refusal('wallet_unknown', NULL, NULL);
    ELSIF v_wallet.status = p_status THEN
        RETURN ROW('changed', p_wallet, NULL, v_wallet.status, NULL)::answer;
    ELSIF NOT (v_wallet.status, p_status) IN (('active', 'frozen'), ('frozen', 'active'), ('pending_activation', 'closed'),
                                              ('active', 'closed'), ('frozen', 'closed')) THEN
        RETURN refusal('wallet_status_refused', NULL, v_wallet.status);
    ELSIF p_status = 'closed' AND (v_wallet.posted, v_wallet.available) <> (0, 0) THEN
        RETURN refusal('wallet_not_empty', v_wallet.posted, NULL);
    END IF;
    UPDATE wallet SET status = p_status WHERE id = p_wallet;
    INSERT INTO wallet_history (wallet_id, from_status, to_status, actor, reason)
    VALUES (p_wallet, v_wallet.status, p_status, p_actor, p_reason);
    RETURN ROW('changed', p_wallet, NULL, v_wallet.status, NULL)::answer;
END $$;

-- What the wallet held at an instant that has passed; no row for an unknown wallet or an instant to come. It waits for a movement that
-- is not committed yet: who comes later is booked later than the instant, so the answer stays true.
CREATE FUNCTION balance_at(p_wallet text, p_at timestamptz)
    RETURNS TABLE (currency text, posted bigint, held bigint)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
DECLARE
    v_account bigint;
BEGIN
    SELECT w.account_id, w.currency INTO v_account, balance_at.currency FROM wallet w WHERE w.id = p_wallet;
    PERFORM FROM account_balance b WHERE b.account_id = v_account FOR SHARE;
    IF NOT FOUND OR p_at > clock_timestamp() THEN
        RETURN;
    END IF;
    balance_at.posted := coalesce(
        (SELECT e.balance_after FROM entry e
          WHERE e.account_id = v_account AND e.booked_at <= p_at ORDER BY e.booked_at DESC LIMIT 1), 0);
    balance_at.held := (SELECT coalesce(sum(h.amount), 0) FROM hold h
                         WHERE h.account_id = v_account AND h.placed_at <= p_at
                           AND (h.resolved_at IS NULL OR h.resolved_at > p_at));
    RETURN NEXT;
END $$;

REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA ledger FROM PUBLIC;
GRANT SELECT ON wallet_history TO fincore_worker, fincore_api;
GRANT EXECUTE ON FUNCTION deposit, withdraw, transfer, change_wallet_status TO fincore_api;
GRANT EXECUTE ON FUNCTION balance_at TO fincore_worker, fincore_api;
