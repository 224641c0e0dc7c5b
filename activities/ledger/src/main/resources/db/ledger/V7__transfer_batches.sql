-- Many transfers by one call: a hot wallet is locked once for all of them, and rows are written by the set.

-- What a batch came to, by its operation key, so that the same batch again gets the same answers: one array element per row.
CREATE TABLE transfer_batch (
    key text PRIMARY KEY REFERENCES operation (key),
    outcome text[] NOT NULL,
    id text[] NOT NULL,
    source_after bigint[] NOT NULL,
    destination_after bigint[] NOT NULL,
    detail text[] NOT NULL,
    booked_at timestamptz[] NOT NULL
);

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON transfer_batch
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Takes the rows in their order, each as transfer() would. Atomic: nothing is booked if one row is refused, and only that row is
-- answered. Otherwise there is an answer per row, and what is refused stands in nobody's way. Row i has the i-th element of each array;
-- its metadata are the next p_metadata_sizes[i] elements of p_metadata.
CREATE FUNCTION transfer_batch(p_key text, p_atomic boolean, p_transactions text[], p_sources text[], p_destinations text[],
                               p_amounts bigint[], p_currencies text[], p_references text[], p_metadata text[],
                               p_metadata_sizes integer[])
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
      WHERE b.account_id IN (SELECT w.account_id FROM wallet w WHERE w.id = ANY (p_sources || p_destinations))
      ORDER BY b.account_id FOR NO KEY UPDATE;

    IF NOT EXISTS (SELECT FROM operation o WHERE o.key = p_key) THEN
        SELECT array_agg(w.id ORDER BY w.id), array_agg(w.account_id ORDER BY w.id), array_agg(w.currency ORDER BY w.id),
               array_agg(w.status ORDER BY w.id), array_agg(b.posted ORDER BY w.id),
               array_agg(b.posted - b.held ORDER BY w.id),
               greatest(clock_timestamp(), max(b.last_booked_at))
          INTO v_wallets, v_accounts, v_currencies, v_statuses, v_posted, v_available, v_first
          FROM wallet w JOIN account_balance b ON b.account_id = w.account_id
         WHERE w.id = ANY (p_sources || p_destinations);
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

        INSERT INTO operation (key, fingerprint, outcome, subject_id)
        VALUES (p_key, v_fingerprint, 'transferred', p_key) ON CONFLICT (key) DO NOTHING;
        IF FOUND THEN
            INSERT INTO transfer_batch
            VALUES (p_key, v_outcomes, v_ids, v_source_after, v_destination_after, v_details, v_times);
            INSERT INTO transaction (id, kind, reference, booked_at, metadata)
            SELECT r.id, 'transfer', r.reference, r.booked_at, jsonb_object(p_metadata[r.last - r.size + 1 : r.last])
              FROM (SELECT u.id, u.reference, u.booked_at, u.size, sum(u.size) OVER (ORDER BY u.row)::integer AS last
                      FROM unnest(v_ids, p_references, v_times, p_metadata_sizes)
                           WITH ORDINALITY AS u (id, reference, booked_at, size, row)) AS r
             WHERE r.id IS NOT NULL;
            INSERT INTO entry (account_id, seq, transaction_id, side, amount, currency, balance_after, booked_at)
            SELECT b.account_id, b.last_seq + row_number() OVER (PARTITION BY b.account_id ORDER BY e.booked_at), e.id, e.side,
                   e.amount, e.currency, e.balance_after, e.booked_at
              FROM (SELECT v_accounts[r.place] AS account_id, 'debit'::side AS side, r.*
                      FROM unnest(v_ids, v_from, p_amounts, p_currencies, v_source_after, v_times)
                        AS r (id, place, amount, currency, balance_after, booked_at)
                    UNION ALL
                    SELECT v_accounts[r.place], 'credit', r.*
                      FROM unnest(v_ids, v_to, p_amounts, p_currencies, v_destination_after, v_times)
                        AS r (id, place, amount, currency, balance_after, booked_at)) AS e
              JOIN account_balance b ON b.account_id = e.account_id
             WHERE e.id IS NOT NULL;
            UPDATE account_balance b
               SET posted = v_posted[moved.place], last_seq = b.last_seq + moved.entries, last_booked_at = moved.last
              FROM (SELECT r.place, count(*) AS entries, max(r.booked_at) AS last
                      FROM unnest(v_from || v_to, v_ids || v_ids, v_times || v_times) AS r (place, id, booked_at)
                     WHERE r.id IS NOT NULL GROUP BY r.place) AS moved
             WHERE b.account_id = v_accounts[moved.place];
        END IF;
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

REVOKE EXECUTE ON FUNCTION transfer_batch FROM PUBLIC;
GRANT EXECUTE ON FUNCTION transfer_batch TO fincore_api;
