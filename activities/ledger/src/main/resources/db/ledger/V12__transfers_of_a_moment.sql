-- Transfers of many requests by one call, each with an operation key, an owner and an origin of its own. They are decided and booked as the
-- rows of a batch are, by the same function.

CREATE TYPE transfer_order AS (key text, tenant text, principal text, transaction text, event text, source text, destination text,
                               amount bigint, currency text, reference text, metadata text[], origin jsonb);

-- Order i has the i-th element of each array, or null past an array's end; its metadata are the next p_metadata_sizes[i] elements of
-- p_metadata.
CREATE FUNCTION transfer_orders(p_keys text[], p_tenants text[], p_principals text[], p_transactions text[], p_events text[],
                                p_sources text[], p_destinations text[], p_amounts bigint[], p_currencies text[], p_references text[],
                                p_metadata text[], p_metadata_sizes integer[], p_origins text[])
    RETURNS transfer_order[] LANGUAGE sql STABLE AS $$
    SELECT array_agg(ROW(o.key, o.tenant, o.principal, o.transaction, o.event, o.source, o.destination, o.amount, o.currency, o.reference,
                         p_metadata[o.last - o.size + 1 : o.last], o.origin::jsonb)::ledger.transfer_order ORDER BY o.row)
      FROM (SELECT u.*, sum(u.size) OVER (ORDER BY u.row)::integer AS last
              FROM unnest(p_keys, p_tenants, p_principals, p_transactions, p_events, p_sources, p_destinations, p_amounts, p_currencies,
                          p_references, p_metadata_sizes, p_origins)
                   WITH ORDINALITY AS u (key, tenant, principal, transaction, event, source, destination, amount, currency, reference,
                                         size, origin, row)) AS o
$$;

-- Takes the orders one after the other, each as transfer() would, and answers each; what is refused stands in nobody's way. Atomic:
-- nothing is booked if one is refused, and only that one is answered. With p_key they are one operation: null if that was done before.
-- Without it each is an operation by its own key: operation_key_taken if that was done before.
CREATE FUNCTION make_transfers(p_orders transfer_order[], p_atomic boolean, p_key text, p_fingerprint bytea)
    RETURNS transfer_answer[] LANGUAGE plpgsql AS $$
DECLARE
    v_taken text[];
    v_order transfer_order;
    v_refusal answer;
    -- Of each order.
    v_debits bigint[];
    v_credits bigint[];
    v_from integer[];
    v_to integer[];
    v_answers transfer_answer[] := array_fill(NULL::transfer_answer, ARRAY[cardinality(p_orders)]);
    -- Of each wallet, at the place that v_from and v_to name.
    v_accounts bigint[];
    v_currencies text[];
    v_statuses text[];
    v_posted bigint[];
    v_available bigint[];
    v_seqs bigint[];
    v_tenants text[];
    v_principals text[];
    v_first timestamptz;
    i integer := 0;
    f integer;
    t integer;
BEGIN
    -- A wallet that is not its owner's is unknown; each is looked up by its own scalar query, as a join would read the whole table.
    SELECT array_agg((SELECT w.account_id FROM wallet w
                       WHERE w.id = o.source AND (o.tenant IS NULL OR (w.tenant, w.principal) = (o.tenant, o.principal))) ORDER BY o.row),
           array_agg((SELECT w.account_id FROM wallet w
                       WHERE w.id = o.destination AND (o.tenant IS NULL OR (w.tenant, w.principal) = (o.tenant, o.principal)))
                     ORDER BY o.row)
      INTO v_debits, v_credits
      FROM unnest(p_orders) WITH ORDINALITY AS o (key, tenant, principal, transaction, event, source, destination, amount, currency,
                                                  reference, metadata, origin, row);
    -- In the order of the accounts, as everybody does.
    PERFORM FROM account_balance b WHERE b.account_id = ANY (v_debits || v_credits) ORDER BY b.account_id FOR NO KEY UPDATE;

    IF p_key IS NULL THEN
        v_taken := ARRAY(SELECT u.key FROM unnest(p_orders) AS u WHERE (SELECT o.key FROM operation o WHERE o.key = u.key) IS NOT NULL);
    ELSIF EXISTS (SELECT FROM operation o WHERE o.key = p_key) THEN
        RETURN NULL;
    END IF;

    SELECT array_agg(w.account_id ORDER BY w.account_id), array_agg(w.currency ORDER BY w.account_id),
           array_agg(w.status ORDER BY w.account_id), array_agg(b.posted ORDER BY w.account_id),
           array_agg(b.posted - b.held ORDER BY w.account_id), array_agg(b.last_seq ORDER BY w.account_id),
           array_agg(w.tenant ORDER BY w.account_id), array_agg(w.principal ORDER BY w.account_id),
           greatest(clock_timestamp(), max(b.last_booked_at))
      INTO v_accounts, v_currencies, v_statuses, v_posted, v_available, v_seqs, v_tenants, v_principals, v_first
      FROM wallet w JOIN account_balance b ON b.account_id = w.account_id
     WHERE w.account_id = ANY (v_debits || v_credits);
    SELECT array_agg(source.place ORDER BY o.row), array_agg(destination.place ORDER BY o.row) INTO v_from, v_to
      FROM unnest(v_debits, v_credits) WITH ORDINALITY AS o (debit, credit, row)
      LEFT JOIN unnest(v_accounts) WITH ORDINALITY AS source (id, place) ON source.id = o.debit
      LEFT JOIN unnest(v_accounts) WITH ORDINALITY AS destination (id, place) ON destination.id = o.credit;

    -- An order depends on what those before it left, so they are decided one after the other; nothing here asks a table.
    FOREACH v_order IN ARRAY p_orders LOOP
        i := i + 1;
        f := v_from[i];
        t := v_to[i];
        v_refusal := CASE
            WHEN v_order.key = ANY (v_taken) THEN refusal('operation_key_taken', NULL, NULL)
            WHEN f IS NULL THEN refusal('wallet_unknown', NULL, NULL)
            WHEN t IS NULL THEN refusal('destination_unknown', NULL, NULL)
            WHEN v_currencies[f] <> v_order.currency THEN refusal('currency_mismatch', NULL, v_currencies[f])
            WHEN v_currencies[t] <> v_order.currency THEN refusal('destination_currency_mismatch', NULL, v_currencies[t])
            WHEN v_statuses[f] <> 'active' THEN refusal('wallet_not_active', NULL, v_statuses[f])
            WHEN v_statuses[t] <> 'active' THEN refusal('destination_not_active', NULL, v_statuses[t])
            WHEN v_available[f] < v_order.amount THEN refusal('insufficient_funds', v_available[f], NULL)
            WHEN v_posted[t] > 999999999999999999 - v_order.amount
                THEN refusal('destination_balance_too_large', v_posted[t], NULL) END;
        IF v_refusal IS NULL THEN
            v_posted[f] := v_posted[f] - v_order.amount;
            v_available[f] := v_available[f] - v_order.amount;
            v_posted[t] := v_posted[t] + v_order.amount;
            v_available[t] := v_available[t] + v_order.amount;
            v_answers[i] := ROW('transferred', v_order.transaction, v_posted[f], v_posted[t], NULL,
                                v_first + i * interval '1 microsecond')::transfer_answer;
        ELSE
            v_answers[i] := ROW(v_refusal.outcome, NULL, v_refusal.amount, NULL, v_refusal.detail, NULL)::transfer_answer;
            IF p_atomic THEN
                v_answers := array_fill(NULL::transfer_answer, ARRAY[cardinality(p_orders)]);
                v_answers[i] := ROW(v_refusal.outcome, NULL, v_refusal.amount, NULL, v_refusal.detail, NULL)::transfer_answer;
                RETURN v_answers;
            END IF;
        END IF;
    END LOOP;

    WITH done AS MATERIALIZED (
        SELECT o.*, v_from[o.row] AS from_place, v_to[o.row] AS to_place, a.source_after, a.destination_after, a.booked_at
          FROM unnest(p_orders) WITH ORDINALITY AS o (key, tenant, principal, transaction, event, source, destination, amount, currency,
                                                      reference, metadata, origin, row)
          JOIN unnest(v_answers) WITH ORDINALITY AS a (outcome, id, source_after, destination_after, detail, booked_at, row)
            ON a.row = o.row
         WHERE a.id IS NOT NULL),
    claimed AS (
        INSERT INTO operation (key, fingerprint, outcome, subject_id, amount)
        SELECT p_key, p_fingerprint, 'transferred', p_key, NULL WHERE p_key IS NOT NULL
        UNION ALL
        -- The fingerprint that transfer() has for it.
        SELECT d.key, sha256(convert_to((ARRAY['transfer', d.source, d.destination, d.amount::text, d.currency, d.reference]
                                         || d.metadata)::text, 'UTF8')), 'transferred', d.transaction, d.source_after
          FROM done d WHERE p_key IS NULL),
    lines AS MATERIALIZED (
        SELECT v_accounts[l.place] AS account_id, l.place, l.id, l.side, l.amount, l.currency, l.balance, l.booked_at,
               v_seqs[l.place] + row_number() OVER (PARTITION BY l.place ORDER BY l.booked_at) AS seq
          FROM (SELECT d.from_place AS place, d.transaction AS id, 'debit'::side AS side, d.amount, d.currency,
                       d.source_after AS balance, d.booked_at
                  FROM done d
                UNION ALL
                SELECT d.to_place, d.transaction, 'credit', d.amount, d.currency, d.destination_after, d.booked_at FROM done d) AS l),
    moved AS (
        UPDATE account_balance b SET posted = v_posted[m.place], last_seq = m.seq, last_booked_at = m.booked_at
          FROM (SELECT l.place, max(l.seq) AS seq, max(l.booked_at) AS booked_at FROM lines l GROUP BY l.place) AS m
         WHERE b.account_id = v_accounts[m.place]),
    booked AS (
        INSERT INTO transaction (id, kind, reference, booked_at, metadata)
        SELECT d.transaction, 'transfer', d.reference, d.booked_at, jsonb_object(d.metadata) FROM done d),
    entered AS (
        INSERT INTO entry (account_id, seq, transaction_id, side, amount, currency, balance_after, booked_at)
        SELECT l.account_id, l.seq, l.id, l.side, l.amount, l.currency, l.balance, l.booked_at FROM lines l),
    recorded AS (
        INSERT INTO audit.unsealed (action, object, object_id, after, origin)
        SELECT 'transaction.booked', 'transaction', d.transaction,
               transaction_record('transfer', d.reference, NULL, NULL, d.booked_at, jsonb_object(d.metadata), e.entries),
               coalesce(d.origin, audit.origin())
          FROM done d
          JOIN (SELECT l.id, jsonb_agg(entry_record(l.account_id, l.seq, l.side, l.amount, l.currency, l.balance)
                                       ORDER BY l.account_id) AS entries
                  FROM lines l GROUP BY l.id) AS e ON e.id = d.transaction
         ORDER BY d.booked_at)
    INSERT INTO outbox.event (id, tenant, principal, type, subject_id, payload)
    SELECT (n).event, (n).tenant, (n).principal, 'transfer.completed', told.id, (n).payload
      FROM (SELECT d.transaction AS id, d.booked_at,
                   transfer_news(d.event, v_tenants[d.from_place], v_principals[d.from_place], d.source, d.destination, d.amount,
                                 d.currency, d.reference) AS n
              FROM done d WHERE d.event IS NOT NULL) AS told
     ORDER BY told.booked_at;
    RETURN v_answers;
END $$;

-- The two below keep PostgreSQL from reading whole tables, as it would by a plan from the day when they were empty.

-- The transfers of many requests, each for itself.
CREATE FUNCTION transfer_each(p_keys text[], p_tenants text[], p_principals text[], p_transactions text[], p_events text[],
                              p_sources text[], p_destinations text[], p_amounts bigint[], p_currencies text[], p_references text[],
                              p_metadata text[], p_metadata_sizes integer[], p_origins text[])
    RETURNS TABLE (number integer, outcome text, id text, source_after bigint, destination_after bigint, detail text,
                   booked_at timestamptz)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp SET enable_seqscan = off AS $$
BEGIN
    RETURN QUERY
    SELECT a.number::integer, a.outcome, a.id, a.source_after, a.destination_after, a.detail, a.booked_at
      FROM unnest(make_transfers(transfer_orders(p_keys, p_tenants, p_principals, p_transactions, p_events, p_sources, p_destinations,
                                                 p_amounts, p_currencies, p_references, p_metadata, p_metadata_sizes, p_origins),
                                 false, NULL, NULL))
           WITH ORDINALITY AS a (outcome, id, source_after, destination_after, detail, booked_at, number)
     ORDER BY a.number;
END $$;

-- One operation of many transfers. Atomic: only the one that is refused is answered.
CREATE OR REPLACE FUNCTION transfer_batch(p_key text, p_tenant text, p_principal text, p_atomic boolean, p_transactions text[],
                               p_events text[], p_sources text[], p_destinations text[], p_amounts bigint[],
                               p_currencies text[], p_references text[], p_metadata text[], p_metadata_sizes integer[])
    RETURNS TABLE (number integer, outcome text, id text, source_after bigint, destination_after bigint, detail text,
                   booked_at timestamptz)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp SET enable_seqscan = off AS $$
DECLARE
    v_fingerprint bytea := sha256(convert_to(
        ROW('transfer_batch', p_atomic, p_sources, p_destinations, p_amounts, p_currencies, p_references, p_metadata,
            p_metadata_sizes)::text, 'UTF8'));
    v_everywhere integer[] := ARRAY[cardinality(p_amounts)];
    v_answers transfer_answer[] := make_transfers(
        transfer_orders('{}', array_fill(p_tenant, v_everywhere), array_fill(p_principal, v_everywhere), p_transactions, p_events,
                        p_sources, p_destinations, p_amounts, p_currencies, p_references, p_metadata, p_metadata_sizes, '{}'),
        p_atomic, p_key, v_fingerprint);
BEGIN
    IF v_answers IS NULL AND (SELECT o.fingerprint <> v_fingerprint FROM operation o WHERE o.key = p_key) THEN
        RETURN QUERY SELECT 1, 'operation_key_reused', NULL::text, NULL::bigint, NULL::bigint, NULL::text, NULL::timestamptz;
    ELSIF v_answers IS NULL THEN
        RETURN QUERY
        SELECT r.number::integer, r.outcome, r.id, r.source_after, r.destination_after, r.detail, r.booked_at
          FROM transfer_batch b,
               unnest(b.outcome, b.id, b.source_after, b.destination_after, b.detail, b.booked_at)
                 WITH ORDINALITY AS r (outcome, id, source_after, destination_after, detail, booked_at, number)
         WHERE b.key = p_key
         ORDER BY r.number;
    ELSE
        IF NOT p_atomic OR (v_answers[1]).id IS NOT NULL THEN
            INSERT INTO transfer_batch
            SELECT p_key, array_agg(a.outcome ORDER BY a.number), array_agg(a.id ORDER BY a.number),
                   array_agg(a.source_after ORDER BY a.number), array_agg(a.destination_after ORDER BY a.number),
                   array_agg(a.detail ORDER BY a.number), array_agg(a.booked_at ORDER BY a.number)
              FROM unnest(v_answers)
                   WITH ORDINALITY AS a (outcome, id, source_after, destination_after, detail, booked_at, number);
        END IF;
        RETURN QUERY
        SELECT a.number::integer, a.outcome, a.id, a.source_after, a.destination_after, a.detail, a.booked_at
          FROM unnest(v_answers) WITH ORDINALITY AS a (outcome, id, source_after, destination_after, detail, booked_at, number)
         WHERE a.outcome IS NOT NULL
         ORDER BY a.number;
    END IF;
END $$;

REVOKE EXECUTE ON FUNCTION transfer_orders, make_transfers, transfer_each FROM PUBLIC;
GRANT EXECUTE ON FUNCTION transfer_each TO fincore_api;
