-- A movement is written by one statement, with its event and its record for the audit; the guards look at all its rows when it ends,
-- and leave nothing for the commit. Clients' movements know whose wallets they may move.

DROP TRIGGER transaction_has_entries ON transaction;
DROP TRIGGER entries_balance ON entry;
DROP TRIGGER reversals_stay_below ON transaction;
DROP FUNCTION check_transaction(), check_entry();

-- Transactions are never changed or deleted, so looking for one is enough: a foreign key would lock its row for each entry.
ALTER TABLE entry DROP CONSTRAINT entry_transaction_id_fkey;

-- The same as before, in fewer words: PostgreSQL reads a check anew for each statement.
ALTER TABLE transaction
    DROP CONSTRAINT kind_fits,
    ADD CONSTRAINT kind_fits CHECK ((kind = 'settlement') = (hold_id IS NOT NULL) AND (kind = 'reversal') = (reverses IS NOT NULL)
                                    AND kind IN ('deposit', 'withdrawal', 'transfer', 'settlement', 'reversal'));

-- The guards run as whoever writes, which is the owner in the functions below; hence the names in full. Each row is looked up by its
-- own scalar query, as a join would read whole tables: PostgreSQL does not know that the new rows are few.

CREATE FUNCTION check_transactions() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    v_transaction text := (SELECT n.id FROM new_transactions n
                            WHERE (SELECT e.seq FROM ledger.entry e WHERE e.transaction_id = n.id LIMIT 1) IS NULL LIMIT 1);
BEGIN
    -- Where there are entries, they check themselves.
    IF v_transaction IS NOT NULL THEN
        RAISE EXCEPTION 'transaction % does not balance: it has no entries', v_transaction USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;

-- What a statement adds to a transaction balances by itself, in each currency.
CREATE FUNCTION check_entries() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    v_wrong record;
BEGIN
    SELECT * INTO v_wrong
      FROM (SELECT n.transaction_id, n.currency, count(*) AS entries,
                   sum(CASE n.side WHEN 'debit' THEN n.amount ELSE -n.amount END) AS total,
                   bool_and((SELECT a.id FROM ledger.account a WHERE a.id = n.account_id AND a.currency = n.currency) IS NOT NULL)
                       AS has_accounts,
                   bool_and((SELECT t.id FROM ledger.transaction t WHERE t.id = n.transaction_id) IS NOT NULL) AS has_transaction
              FROM new_entries n GROUP BY n.transaction_id, n.currency) AS added
     WHERE total <> 0 OR NOT has_accounts OR NOT has_transaction LIMIT 1;
    IF NOT FOUND THEN
        RETURN NULL;
    ELSIF v_wrong.total <> 0 THEN
        RAISE EXCEPTION 'transaction % does not balance: % entries, % too much debited in %',
            v_wrong.transaction_id, v_wrong.entries, v_wrong.total, v_wrong.currency USING ERRCODE = 'check_violation';
    ELSIF NOT v_wrong.has_transaction THEN
        RAISE EXCEPTION 'there is no transaction %', v_wrong.transaction_id USING ERRCODE = 'foreign_key_violation';
    END IF;
    RAISE EXCEPTION 'there is no account for each entry of transaction % in %', v_wrong.transaction_id, v_wrong.currency
        USING ERRCODE = 'foreign_key_violation';
END $$;

CREATE TRIGGER transaction_has_entries AFTER INSERT ON transaction REFERENCING NEW TABLE AS new_transactions
    FOR EACH STATEMENT EXECUTE FUNCTION check_transactions();
CREATE TRIGGER entries_balance AFTER INSERT ON entry REFERENCING NEW TABLE AS new_entries
    FOR EACH STATEMENT EXECUTE FUNCTION check_entries();
CREATE TRIGGER reversals_stay_below AFTER INSERT ON transaction
    FOR EACH ROW WHEN (NEW.reverses IS NOT NULL) EXECUTE FUNCTION check_reversal();

-- What the audit keeps of a transaction: its row, and its entries in the order of their accounts. Times are UTC. What clients write may
-- name people, and the audit forgets nothing: it keeps hashes of it.
CREATE FUNCTION entry_record(p_account bigint, p_seq bigint, p_side side, p_amount bigint, p_currency text, p_balance_after bigint)
    RETURNS jsonb LANGUAGE sql STABLE AS $$
    SELECT jsonb_build_object('account', p_account, 'seq', p_seq, 'side', p_side, 'amount', p_amount, 'currency', p_currency,
                              'balance_after', p_balance_after)
$$;

CREATE FUNCTION transaction_record(p_kind text, p_reference text, p_hold text, p_reverses text, p_booked_at timestamptz,
                                   p_metadata jsonb, p_entries jsonb)
    RETURNS jsonb LANGUAGE sql STABLE AS $$
    SELECT jsonb_build_object('kind', p_kind, 'reference_sha256', encode(sha256(convert_to(p_reference, 'UTF8')), 'hex'),
                              'hold', p_hold, 'reverses', p_reverses, 'booked_at', p_booked_at AT TIME ZONE 'UTC',
                              'metadata_sha256', encode(sha256(convert_to(p_metadata::text, 'UTF8')), 'hex'), 'entries', p_entries)
$$;

-- The same from what stands in the book now, to be compared with what the audit has kept.
CREATE FUNCTION transaction_record(p_transaction text) RETURNS jsonb LANGUAGE sql STABLE AS $$
    SELECT ledger.transaction_record(
               t.kind, t.reference, t.hold_id, t.reverses, t.booked_at, t.metadata,
               (SELECT jsonb_agg(ledger.entry_record(e.account_id, e.seq, e.side, e.amount, e.currency, e.balance_after)
                                 ORDER BY e.account_id, e.seq)
                  FROM ledger.entry e WHERE e.transaction_id = t.id))
      FROM ledger.transaction t WHERE t.id = p_transaction
$$;

-- What is to be booked: one amount from a debited to a credited account. freed: of what the debited account holds, given back.
CREATE TYPE posting AS (transaction text, kind text, debit bigint, credit bigint, amount bigint, currency text, reference text,
                        freed bigint, hold text, reverses text, metadata jsonb);

-- An event that tells an owner of a movement.
CREATE TYPE news AS (event text, tenant text, principal text, payload jsonb);

-- Books by one statement: takes the operation key with its answer, changes both balances, writes transaction, entries and record, and
-- tells the news if there are any. Answers when it was booked, or null if the key was taken before: then nothing is written.
-- Without a key the caller has taken one. The account with the higher id is locked last, and by its update: others wait for it.
CREATE FUNCTION book(p posting, p_news news, p_key text, p_fingerprint bytea, p_answer answer)
    RETURNS timestamptz LANGUAGE plpgsql AS $$
DECLARE
    v_lower_is_debit boolean := p.debit < p.credit;
    v_lower bigint := least(p.debit, p.credit);
    v_higher bigint := greatest(p.debit, p.credit);
    v_lower_side side := CASE WHEN p.debit < p.credit THEN 'debit' ELSE 'credit' END;
    v_higher_side side := CASE WHEN p.debit < p.credit THEN 'credit' ELSE 'debit' END;
    v_booked_at timestamptz;
BEGIN
    SELECT last_booked_at INTO v_booked_at FROM account_balance WHERE account_id = v_lower FOR NO KEY UPDATE;
    WITH claimed AS (
        INSERT INTO operation (key, fingerprint, outcome, subject_id, amount)
        SELECT p_key, p_fingerprint, p_answer.outcome, p_answer.id, p_answer.amount WHERE p_key IS NOT NULL
        ON CONFLICT (key) DO NOTHING RETURNING key),
    higher AS (
        UPDATE account_balance
           SET posted = posted + CASE WHEN normal_side = v_higher_side THEN p.amount ELSE -p.amount END,
               held = held - CASE WHEN v_lower_is_debit THEN 0 ELSE p.freed END,
               last_seq = last_seq + 1,
               last_booked_at = greatest(clock_timestamp(), last_booked_at + interval '1 microsecond',
                                         v_booked_at + interval '1 microsecond')
         WHERE account_id = v_higher AND (p_key IS NULL OR EXISTS (SELECT FROM claimed))
        RETURNING last_seq AS seq, CASE WHEN guarded THEN posted END AS balance, last_booked_at AS at),
    lower AS (
        UPDATE account_balance
           SET posted = posted + CASE WHEN normal_side = v_lower_side THEN p.amount ELSE -p.amount END,
               held = held - CASE WHEN v_lower_is_debit THEN p.freed ELSE 0 END,
               last_seq = last_seq + 1,
               last_booked_at = higher.at
          FROM higher WHERE account_id = v_lower
        RETURNING last_seq AS seq, CASE WHEN guarded THEN posted END AS balance, last_booked_at AS at),
    booked AS (
        INSERT INTO transaction (id, kind, reference, hold_id, reverses, booked_at, metadata)
        SELECT p.transaction, p.kind, p.reference, p.hold, p.reverses, at, p.metadata FROM higher),
    entered AS (
        INSERT INTO entry (account_id, seq, transaction_id, side, amount, currency, balance_after, booked_at)
        SELECT v_lower, seq, p.transaction, v_lower_side, p.amount, p.currency, balance, at FROM lower
        UNION ALL
        SELECT v_higher, seq, p.transaction, v_higher_side, p.amount, p.currency, balance, at FROM higher),
    recorded AS (
        INSERT INTO audit.unsealed (action, object, object_id, after, origin)
        SELECT 'transaction.booked', 'transaction', p.transaction,
               transaction_record(
                   p.kind, p.reference, p.hold, p.reverses, lower.at, p.metadata,
                   jsonb_build_array(
                       entry_record(v_lower, lower.seq, v_lower_side, p.amount, p.currency, lower.balance),
                       entry_record(v_higher, higher.seq, v_higher_side, p.amount, p.currency, higher.balance))),
               audit.origin()
          FROM lower, higher),
    told AS (
        INSERT INTO outbox.event (id, tenant, principal, type, subject_id, payload)
        SELECT p_news.event, p_news.tenant, p_news.principal, p.kind || '.completed', p.transaction, p_news.payload FROM higher
         WHERE p_news.event IS NOT NULL)
    SELECT at INTO v_booked_at FROM higher;
    RETURN v_booked_at;
END $$;

-- For movements whose key is taken already, and of which nobody is told here.
CREATE OR REPLACE FUNCTION post(p_transaction text, p_kind text, p_debit bigint, p_credit bigint, p_amount bigint, p_currency text,
                                p_reference text, p_freed bigint, p_hold text, p_reverses text, p_metadata text[] DEFAULT '{}')
    RETURNS timestamptz LANGUAGE plpgsql AS $$
BEGIN
    RETURN book(ROW(p_transaction, p_kind, p_debit, p_credit, p_amount, p_currency, p_reference, p_freed, p_hold, p_reverses,
                    jsonb_object(p_metadata))::posting, NULL, NULL, NULL, NULL);
END $$;

-- A wallet that is not its owner's is unknown; without an owner it is anybody's.
ALTER TYPE locked_wallet ADD ATTRIBUTE tenant text, ADD ATTRIBUTE principal text;
DROP FUNCTION lock_wallet(text);
CREATE FUNCTION lock_wallet(p_wallet text, p_tenant text DEFAULT NULL, p_principal text DEFAULT NULL)
    RETURNS locked_wallet LANGUAGE plpgsql AS $$
DECLARE
    v_wallet locked_wallet;
BEGIN
    SELECT w.account_id, w.currency, b.posted, b.posted - b.held, w.tenant, w.principal
      INTO v_wallet.account_id, v_wallet.currency, v_wallet.posted, v_wallet.available, v_wallet.tenant, v_wallet.principal
      FROM wallet w JOIN account_balance b ON b.account_id = w.account_id
     WHERE w.id = p_wallet AND (p_tenant IS NULL OR (w.tenant, w.principal) = (p_tenant, p_principal)) FOR NO KEY UPDATE OF b;
    IF FOUND THEN
        SELECT w.status INTO v_wallet.status FROM wallet w WHERE w.id = p_wallet;
    END IF;
    RETURN v_wallet;
END $$;

-- What an owner is told of a movement of one wallet.
CREATE FUNCTION movement_news(p_event text, p_wallet text, p_owned locked_wallet, p_amount bigint, p_currency text, p_reference text)
    RETURNS news LANGUAGE sql STABLE AS $$
    SELECT ROW(p_event, p_owned.tenant, p_owned.principal,
               jsonb_build_object('wallet', p_wallet, 'amount', p_amount, 'currency', p_currency, 'reference', p_reference))::ledger.news
$$;

-- The nostro pays in, the wallet is credited. amount: the balance after (deposited), the balance (balance_too_large).
DROP FUNCTION deposit(text, text, text, bigint, text, text, text[]);
CREATE FUNCTION deposit(p_key text, p_tenant text, p_principal text, p_transaction text, p_event text, p_wallet text, p_amount bigint,
                        p_currency text, p_reference text, p_metadata text[])
    RETURNS answer LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
DECLARE
    v_fingerprint bytea := sha256(convert_to(
        (ARRAY['deposit', p_wallet, p_amount::text, p_currency, p_reference] || p_metadata)::text, 'UTF8'));
    v_wallet locked_wallet := lock_wallet(p_wallet, p_tenant, p_principal);
    v_answer answer := CASE
        WHEN v_wallet.status IS NULL THEN refusal('wallet_unknown', NULL, NULL)
        WHEN v_wallet.currency <> p_currency THEN refusal('currency_mismatch', NULL, v_wallet.currency)
        WHEN v_wallet.status <> 'active' THEN refusal('wallet_not_active', NULL, v_wallet.status)
        WHEN v_wallet.posted > 999999999999999999 - p_amount THEN refusal('balance_too_large', v_wallet.posted, NULL)
        ELSE ROW('deposited', p_transaction, v_wallet.posted + p_amount, NULL, NULL)::answer END;
BEGIN
    IF v_answer.id IS NOT NULL THEN
        v_answer.booked_at := book(
            ROW(p_transaction, 'deposit', system_account('nostro', p_currency, p_transaction), v_wallet.account_id, p_amount, p_currency,
                p_reference, 0, NULL, NULL, jsonb_object(p_metadata))::posting,
            movement_news(p_event, p_wallet, v_wallet, p_amount, p_currency, p_reference),
            p_key, v_fingerprint, v_answer);
    END IF;
    RETURN CASE WHEN v_answer.booked_at IS NULL THEN replay(p_key, v_fingerprint, v_answer) ELSE v_answer END;
END $$;

-- The wallet is debited, the nostro pays out. amount: the balance after (withdrawn), what is available (insufficient_funds).
DROP FUNCTION withdraw(text, text, text, bigint, text, text, text[]);
CREATE FUNCTION withdraw(p_key text, p_tenant text, p_principal text, p_transaction text, p_event text, p_wallet text, p_amount bigint,
                         p_currency text, p_reference text, p_metadata text[])
    RETURNS answer LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
DECLARE
    v_fingerprint bytea := sha256(convert_to(
        (ARRAY['withdraw', p_wallet, p_amount::text, p_currency, p_reference] || p_metadata)::text, 'UTF8'));
    v_wallet locked_wallet := lock_wallet(p_wallet, p_tenant, p_principal);
    v_answer answer := CASE
        WHEN v_wallet.status IS NULL THEN refusal('wallet_unknown', NULL, NULL)
        WHEN v_wallet.currency <> p_currency THEN refusal('currency_mismatch', NULL, v_wallet.currency)
        WHEN v_wallet.status <> 'active' THEN refusal('wallet_not_active', NULL, v_wallet.status)
        WHEN v_wallet.available < p_amount THEN refusal('insufficient_funds', v_wallet.available, NULL)
        ELSE ROW('withdrawn', p_transaction, v_wallet.posted - p_amount, NULL, NULL)::answer END;
BEGIN
    IF v_answer.id IS NOT NULL THEN
        v_answer.booked_at := book(
            ROW(p_transaction, 'withdrawal', v_wallet.account_id, system_account('nostro', p_currency, p_transaction), p_amount,
                p_currency, p_reference, 0, NULL, NULL, jsonb_object(p_metadata))::posting,
            movement_news(p_event, p_wallet, v_wallet, p_amount, p_currency, p_reference),
            p_key, v_fingerprint, v_answer);
    END IF;
    RETURN CASE WHEN v_answer.booked_at IS NULL THEN replay(p_key, v_fingerprint, v_answer) ELSE v_answer END;
END $$;

-- What an owner is told of a transfer.
CREATE FUNCTION transfer_news(p_event text, p_tenant text, p_principal text, p_source text, p_destination text, p_amount bigint,
                              p_currency text, p_reference text)
    RETURNS news LANGUAGE sql STABLE AS $$
    SELECT ROW(p_event, p_tenant, p_principal,
               jsonb_build_object('source', p_source, 'destination', p_destination, 'amount', p_amount, 'currency', p_currency,
                                  'reference', p_reference))::ledger.news
$$;

-- From wallet to wallet. Both are locked in the order of their accounts.
DROP FUNCTION transfer(text, text, text, text, bigint, text, text, text[]);
CREATE FUNCTION transfer(p_key text, p_tenant text, p_principal text, p_transaction text, p_event text, p_source text,
                         p_destination text, p_amount bigint, p_currency text, p_reference text, p_metadata text[])
    RETURNS transfer_answer LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
DECLARE
    v_fingerprint bytea := sha256(convert_to(
        (ARRAY['transfer', p_source, p_destination, p_amount::text, p_currency, p_reference] || p_metadata)::text, 'UTF8'));
    v_source locked_wallet;
    v_destination locked_wallet;
    v_answer answer;
BEGIN
    IF (SELECT account_id FROM wallet WHERE id = p_source) < (SELECT account_id FROM wallet WHERE id = p_destination) THEN
        v_source := lock_wallet(p_source, p_tenant, p_principal);
        v_destination := lock_wallet(p_destination, p_tenant, p_principal);
    ELSE
        v_destination := lock_wallet(p_destination, p_tenant, p_principal);
        v_source := lock_wallet(p_source, p_tenant, p_principal);
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
    IF v_answer.id IS NOT NULL THEN
        v_answer.booked_at := book(
            ROW(p_transaction, 'transfer', v_source.account_id, v_destination.account_id, p_amount, p_currency, p_reference, 0, NULL,
                NULL, jsonb_object(p_metadata))::posting,
            transfer_news(p_event, v_source.tenant, v_source.principal, p_source, p_destination, p_amount, p_currency, p_reference),
            p_key, v_fingerprint, v_answer);
        IF v_answer.booked_at IS NOT NULL THEN
            RETURN ROW(v_answer.outcome, v_answer.id, v_answer.amount, v_destination.posted + p_amount, NULL,
                       v_answer.booked_at)::transfer_answer;
        END IF;
    END IF;
    v_answer := replay(p_key, v_fingerprint, v_answer);
    RETURN ROW(v_answer.outcome, v_answer.id, v_answer.amount,
               CASE WHEN v_answer.id IS NULL THEN v_answer.amount
                    ELSE (SELECT balance_after FROM entry WHERE transaction_id = v_answer.id AND side = 'credit') END,
               v_answer.detail, v_answer.booked_at)::transfer_answer;
END $$;

-- Takes the rows in their order, each as transfer() would. Atomic: nothing is booked if one row is refused, and only that row is
-- answered. Otherwise there is an answer per row, and what is refused stands in nobody's way. Row i has the i-th element of each array;
-- its metadata are the next p_metadata_sizes[i] elements of p_metadata.
DROP FUNCTION transfer_batch(text, boolean, text[], text[], text[], bigint[], text[], text[], text[], integer[]);
CREATE FUNCTION transfer_batch(p_key text, p_tenant text, p_principal text, p_atomic boolean, p_transactions text[],
                               p_events text[], p_sources text[], p_destinations text[], p_amounts bigint[],
                               p_currencies text[], p_references text[], p_metadata text[], p_metadata_sizes integer[])
    RETURNS TABLE (number integer, outcome text, id text, source_after bigint, destination_after bigint, detail text,
                   booked_at timestamptz)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
DECLARE
    v_fingerprint bytea := sha256(convert_to(
        ROW('transfer_batch', p_atomic, p_sources, p_destinations, p_amounts, p_currencies, p_references, p_metadata,
            p_metadata_sizes)::text, 'UTF8'));
    -- The wallets of the batch, and for each row the place of its two wallets among them.
    v_wallets text[];
    v_accounts bigint[];
    v_currencies text[];
    v_statuses text[];
    v_posted bigint[];
    v_seqs bigint[];
    v_tenants text[];
    v_principals text[];
    v_available bigint[];
    v_from integer[];
    v_to integer[];
    f integer;
    t integer;
    v_amount bigint;
    v_currency text;
    v_refusal answer;
    v_first timestamptz;
    v_outcomes text[] := array_fill(NULL::text, ARRAY[cardinality(p_amounts)]);
    v_ids text[] := v_outcomes;
    v_details text[] := v_outcomes;
    v_source_after bigint[] := array_fill(NULL::bigint, ARRAY[cardinality(p_amounts)]);
    v_destination_after bigint[] := v_source_after;
    v_times timestamptz[] := array_fill(NULL::timestamptz, ARRAY[cardinality(p_amounts)]);
BEGIN
    -- In the order of the accounts, as everybody does.
    PERFORM FROM account_balance b
      WHERE b.account_id IN (SELECT w.account_id FROM wallet w
                              WHERE w.id = ANY (p_sources || p_destinations)
                                AND (p_tenant IS NULL OR (w.tenant, w.principal) = (p_tenant, p_principal)))
      ORDER BY b.account_id FOR NO KEY UPDATE;

    IF NOT EXISTS (SELECT FROM operation o WHERE o.key = p_key) THEN
        SELECT array_agg(w.id ORDER BY w.id), array_agg(w.account_id ORDER BY w.id), array_agg(w.currency ORDER BY w.id),
               array_agg(w.status ORDER BY w.id), array_agg(b.posted ORDER BY w.id),
               array_agg(b.last_seq ORDER BY w.id), array_agg(w.tenant ORDER BY w.id), array_agg(w.principal ORDER BY w.id),
               array_agg(b.posted - b.held ORDER BY w.id),
               greatest(clock_timestamp(), max(b.last_booked_at))
          INTO v_wallets, v_accounts, v_currencies, v_statuses, v_posted, v_seqs, v_tenants, v_principals, v_available, v_first
          FROM wallet w JOIN account_balance b ON b.account_id = w.account_id
         WHERE w.id = ANY (p_sources || p_destinations)
           AND (p_tenant IS NULL OR (w.tenant, w.principal) = (p_tenant, p_principal));
        SELECT array_agg(source.place ORDER BY r.row), array_agg(destination.place ORDER BY r.row) INTO v_from, v_to
          FROM unnest(p_sources, p_destinations) WITH ORDINALITY AS r (source, destination, row)
          LEFT JOIN unnest(v_wallets) WITH ORDINALITY AS source (id, place) ON source.id = r.source
          LEFT JOIN unnest(v_wallets) WITH ORDINALITY AS destination (id, place) ON destination.id = r.destination;

        -- A row depends on what those before it left, so they are decided one after the other; nothing here asks a table.
        FOR i IN 1 .. cardinality(p_amounts) LOOP
            f := v_from[i];
            t := v_to[i];
            v_amount := p_amounts[i];
            v_currency := p_currencies[i];
            v_refusal := CASE
                WHEN f IS NULL THEN refusal('wallet_unknown', NULL, NULL)
                WHEN t IS NULL THEN refusal('destination_unknown', NULL, NULL)
                WHEN v_currencies[f] <> v_currency THEN refusal('currency_mismatch', NULL, v_currencies[f])
                WHEN v_currencies[t] <> v_currency THEN refusal('destination_currency_mismatch', NULL, v_currencies[t])
                WHEN v_statuses[f] <> 'active' THEN refusal('wallet_not_active', NULL, v_statuses[f])
                WHEN v_statuses[t] <> 'active' THEN refusal('destination_not_active', NULL, v_statuses[t])
                WHEN v_available[f] < v_amount THEN refusal('insufficient_funds', v_available[f], NULL)
                WHEN v_posted[t] > 999999999999999999 - v_amount
                    THEN refusal('destination_balance_too_large', v_posted[t], NULL) END;
            IF v_refusal IS NULL THEN
                v_posted[f] := v_posted[f] - v_amount;
                v_available[f] := v_available[f] - v_amount;
                v_posted[t] := v_posted[t] + v_amount;
                v_available[t] := v_available[t] + v_amount;
                v_outcomes[i] := 'transferred';
                v_ids[i] := p_transactions[i];
                v_source_after[i] := v_posted[f];
                v_destination_after[i] := v_posted[t];
                v_times[i] := v_first + i * interval '1 microsecond';
            ELSIF p_atomic THEN
                RETURN QUERY SELECT i, v_refusal.outcome, NULL::text, v_refusal.amount, NULL::bigint, v_refusal.detail,
                                    NULL::timestamptz;
                RETURN;
            ELSE
                v_outcomes[i] := v_refusal.outcome;
                v_source_after[i] := v_refusal.amount;
                v_details[i] := v_refusal.detail;
            END IF;
        END LOOP;

        WITH claimed AS (
            INSERT INTO operation (key, fingerprint, outcome, subject_id)
            VALUES (p_key, v_fingerprint, 'transferred', p_key) ON CONFLICT (key) DO NOTHING RETURNING key),
        kept AS (
            INSERT INTO transfer_batch
            SELECT key, v_outcomes, v_ids, v_source_after, v_destination_after, v_details, v_times FROM claimed),
        done AS MATERIALIZED (
            SELECT r.id, r.event, r.reference, r.source, r.destination, r.from_place, r.to_place, r.amount, r.currency, r.source_after,
                   r.destination_after, r.booked_at, jsonb_object(p_metadata[r.last - r.size + 1 : r.last]) AS metadata
              FROM claimed, (
                    SELECT u.*, sum(u.size) OVER (ORDER BY u.row)::integer AS last
                      FROM unnest(v_ids, p_events, p_references, p_sources, p_destinations, v_from, v_to, p_amounts, p_currencies,
                                  v_source_after, v_destination_after, v_times, p_metadata_sizes)
                           WITH ORDINALITY AS u (id, event, reference, source, destination, from_place, to_place, amount, currency,
                                                 source_after, destination_after, booked_at, size, row)) AS r
             WHERE r.id IS NOT NULL),
        lines AS MATERIALIZED (
            SELECT v_accounts[l.place] AS account_id, l.place, l.id, l.side, l.amount, l.currency, l.balance, l.booked_at,
                   v_seqs[l.place] + row_number() OVER (PARTITION BY l.place ORDER BY l.booked_at) AS seq
              FROM (SELECT d.from_place AS place, d.id, 'debit'::side AS side, d.amount, d.currency, d.source_after AS balance, d.booked_at
                      FROM done d
                    UNION ALL
                    SELECT d.to_place, d.id, 'credit', d.amount, d.currency, d.destination_after, d.booked_at FROM done d) AS l),
        moved AS (
            UPDATE account_balance b SET posted = v_posted[m.place], last_seq = m.seq, last_booked_at = m.booked_at
              FROM (SELECT l.place, max(l.seq) AS seq, max(l.booked_at) AS booked_at FROM lines l GROUP BY l.place) AS m
             WHERE b.account_id = v_accounts[m.place]),
        booked AS (
            INSERT INTO transaction (id, kind, reference, booked_at, metadata)
            SELECT d.id, 'transfer', d.reference, d.booked_at, d.metadata FROM done d),
        entered AS (
            INSERT INTO entry (account_id, seq, transaction_id, side, amount, currency, balance_after, booked_at)
            SELECT l.account_id, l.seq, l.id, l.side, l.amount, l.currency, l.balance, l.booked_at FROM lines l),
        recorded AS (
            INSERT INTO audit.unsealed (action, object, object_id, after, origin)
            SELECT 'transaction.booked', 'transaction', d.id,
                   transaction_record('transfer', d.reference, NULL, NULL, d.booked_at, d.metadata, e.entries), audit.origin()
              FROM done d
              JOIN (SELECT l.id, jsonb_agg(entry_record(l.account_id, l.seq, l.side, l.amount, l.currency, l.balance)
                                           ORDER BY l.account_id) AS entries
                      FROM lines l GROUP BY l.id) AS e ON e.id = d.id
             ORDER BY d.booked_at)
        INSERT INTO outbox.event (id, tenant, principal, type, subject_id, payload)
        SELECT (n).event, (n).tenant, (n).principal, 'transfer.completed', told.id, (n).payload
          FROM (SELECT d.id, d.booked_at,
                       transfer_news(d.event, v_tenants[d.from_place], v_principals[d.from_place], d.source, d.destination, d.amount,
                                     d.currency, d.reference) AS n
                  FROM done d WHERE d.event IS NOT NULL) AS told
         ORDER BY told.booked_at;
    END IF;

    IF (SELECT o.fingerprint <> v_fingerprint FROM operation o WHERE o.key = p_key) THEN
        RETURN QUERY SELECT 1, 'operation_key_reused', NULL::text, NULL::bigint, NULL::bigint, NULL::text, NULL::timestamptz;
        RETURN;
    END IF;
    RETURN QUERY
    SELECT r.number::integer, r.outcome, r.id, r.source_after, r.destination_after, r.detail, r.booked_at
      FROM transfer_batch b,
           unnest(b.outcome, b.id, b.source_after, b.destination_after, b.detail, b.booked_at)
             WITH ORDINALITY AS r (outcome, id, source_after, destination_after, detail, booked_at, number)
     WHERE b.key = p_key
     ORDER BY r.number;
END $$;

-- Functions are everybody's until they are taken away.
REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA ledger FROM PUBLIC;
GRANT EXECUTE ON FUNCTION deposit, withdraw, transfer, transfer_batch TO fincore_api;
GRANT EXECUTE ON FUNCTION transaction_record(text), transaction_record(text, text, text, text, timestamptz, jsonb, jsonb), entry_record
    TO fincore_worker, fincore_api;
