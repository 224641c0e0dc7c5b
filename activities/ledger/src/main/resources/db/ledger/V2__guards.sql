-- What must hold whichever process or version posts. The functions of V3 keep to it by themselves; this is for the day
-- they do not.

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
-- Entries rely on accounts staying as they are.
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON account
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE FUNCTION refuse_second_resolution() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'hold % is % already', OLD.id, OLD.status USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER resolves_once BEFORE UPDATE ON hold
    FOR EACH ROW WHEN (OLD.status <> 'held') EXECUTE FUNCTION refuse_second_resolution();

-- Deferred checks run at commit, when all entries are there. SECURITY DEFINER, because they run for whoever posts.

CREATE FUNCTION check_transaction() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
BEGIN
    -- Where there are entries, they check themselves.
    IF NOT EXISTS (SELECT FROM entry WHERE transaction_id = NEW.id) THEN
        RAISE EXCEPTION 'transaction % does not balance: it has no entries', NEW.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;

-- Each entry answers for its own currency and account, so that together they answer for all.
CREATE FUNCTION check_entry() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
DECLARE
    v_entries bigint;
    v_total numeric;
    v_account_fits boolean;
BEGIN
    SELECT count(*),
           sum(CASE side WHEN 'debit' THEN amount ELSE -amount END) FILTER (WHERE currency = NEW.currency),
           EXISTS (SELECT FROM account WHERE id = NEW.account_id AND currency = NEW.currency)
      INTO v_entries, v_total, v_account_fits
      FROM entry WHERE transaction_id = NEW.transaction_id;
    IF v_entries < 2 OR v_total <> 0 THEN
        RAISE EXCEPTION 'transaction % does not balance: % entries, % too much debited in %',
            NEW.transaction_id, v_entries, v_total, NEW.currency USING ERRCODE = 'check_violation';
    END IF;
    IF NOT v_account_fits THEN
        RAISE EXCEPTION 'there is no account % in %', NEW.account_id, NEW.currency
            USING ERRCODE = 'foreign_key_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION check_reversal() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT FROM transaction t JOIN entry e ON e.transaction_id = t.id
         WHERE (t.id = NEW.reverses OR t.reverses = NEW.reverses) AND e.side = 'debit'
         GROUP BY e.currency
        HAVING sum(CASE WHEN t.id = NEW.reverses THEN e.amount ELSE -e.amount END) < 0)
    THEN
        RAISE EXCEPTION 'transaction % is reversed by more than its amount', NEW.reverses
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER transaction_has_entries AFTER INSERT ON transaction
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_transaction();
CREATE CONSTRAINT TRIGGER entries_balance AFTER INSERT ON entry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_entry();
CREATE CONSTRAINT TRIGGER reversals_stay_below AFTER INSERT ON transaction
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.reverses IS NOT NULL) EXECUTE FUNCTION check_reversal();
