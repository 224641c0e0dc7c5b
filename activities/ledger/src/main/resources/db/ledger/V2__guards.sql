-- What must hold whichever process or version posts. The functions of V3 keep to it by themselves; this is for the day they do not.

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%.% is append-only: % is refused', TG_TABLE_SCHEMA, TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON transaction
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON entry
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON operation
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE FUNCTION refuse_second_resolution() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'hold % is % already', OLD.id, OLD.status USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER resolves_once BEFORE UPDATE ON hold
    FOR EACH ROW WHEN (OLD.status <> 'held') EXECUTE FUNCTION refuse_second_resolution();

-- Deferred checks run at commit, when all entries are there. SECURITY DEFINER, because they run for whoever posts.
CREATE FUNCTION require_balance(p_transaction text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    v_currencies integer;
    v_unbalanced integer;
    v_entries bigint;
BEGIN
    SELECT count(*), count(*) FILTER (WHERE total <> 0), coalesce(sum(entries), 0)
      INTO v_currencies, v_unbalanced, v_entries
      FROM (SELECT sum(CASE side WHEN 'debit' THEN amount ELSE -amount END) AS total, count(*) AS entries
              FROM entry WHERE transaction_id = p_transaction GROUP BY currency) AS of_currency;
    IF v_entries < 2 OR v_unbalanced > 0 THEN
        RAISE EXCEPTION 'transaction % does not balance: % entries, % of % currencies not zero',
            p_transaction, v_entries, v_unbalanced, v_currencies USING ERRCODE = 'check_violation';
    END IF;
END $$;

CREATE FUNCTION check_transaction() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
BEGIN
    -- Where there are entries, they check themselves.
    IF NOT EXISTS (SELECT FROM entry WHERE transaction_id = NEW.id) THEN
        PERFORM require_balance(NEW.id);
    END IF;
    IF NEW.reverses IS NOT NULL AND EXISTS (
        SELECT FROM (
            SELECT e.currency, sum(CASE WHEN t.id = NEW.reverses THEN e.amount ELSE -e.amount END) AS remainder
              FROM transaction t JOIN entry e ON e.transaction_id = t.id
             WHERE (t.id = NEW.reverses OR t.reverses = NEW.reverses) AND e.side = 'debit'
             GROUP BY e.currency) AS of_currency
         WHERE remainder < 0)
    THEN
        RAISE EXCEPTION 'transaction % is reversed by more than its amount', NEW.reverses USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION check_entry() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
BEGIN
    PERFORM require_balance(NEW.transaction_id);
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER transaction_balances AFTER INSERT ON transaction
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_transaction();
CREATE CONSTRAINT TRIGGER entries_balance AFTER INSERT ON entry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_entry();
