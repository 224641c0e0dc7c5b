-- Rule sets. A set is written as a draft, becomes active, and is deprecated when another becomes active. What was
-- active once never changes again: decisions name it, and workers keep its compiled rules by version.
CREATE TABLE rule_set (
    version        text        PRIMARY KEY CHECK (version <> ''),
    status         text        NOT NULL DEFAULT 'draft' CHECK (status IN ('draft', 'active', 'deprecated')),
    description    text        NOT NULL,
    -- The length of the velocity window; a multiple of the five minutes of limit_window.
    window_minutes integer     NOT NULL CHECK (window_minutes BETWEEN 5 AND 1440 AND window_minutes % 5 = 0),
    created_at     timestamptz NOT NULL DEFAULT clock_timestamp(),
    activated_at   timestamptz,
    deprecated_at  timestamptz,
    CHECK ((activated_at IS NULL) = (status = 'draft')),
    CHECK ((deprecated_at IS NULL) = (status <> 'deprecated'))
);

CREATE UNIQUE INDEX rule_set_one_active ON rule_set ((true)) WHERE status = 'active';

CREATE TABLE rule (
    rule_set_version text NOT NULL REFERENCES rule_set,
    name             text NOT NULL CHECK (name <> ''),
    -- Common Expression Language, of type bool: true means that the rule applies.
    expression       text NOT NULL,
    outcome          text NOT NULL CHECK (outcome IN ('decline', 'review')),
    reason_code      text NOT NULL CHECK (reason_code ~ '^[a-z][a-z_]*$'),
    detail           text NOT NULL CHECK (detail <> ''),
    PRIMARY KEY (rule_set_version, name)
);

CREATE FUNCTION check_rule_set_change() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = decision, pg_temp
AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.status <> 'draft' THEN
            RAISE EXCEPTION 'rule set % begins as a draft', NEW.version USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
    END IF;
    IF TG_OP = 'DELETE' THEN
        IF OLD.status <> 'draft' THEN
            RAISE EXCEPTION 'rule set % was active: decisions name it', OLD.version
                USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN OLD;
    END IF;
    IF OLD.status = 'draft' AND NEW.status IN ('draft', 'active') THEN
        RETURN NEW;
    END IF;
    IF OLD.status = 'active' AND NEW.status = 'deprecated'
        AND (OLD.version, OLD.window_minutes) = (NEW.version, NEW.window_minutes) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'rule set % cannot be changed, nor go from % to %', OLD.version, OLD.status, NEW.status
        USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER rule_set_change BEFORE INSERT OR UPDATE OR DELETE ON rule_set
    FOR EACH ROW EXECUTE FUNCTION check_rule_set_change();

CREATE FUNCTION check_rule_change() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = decision, pg_temp
AS $$
DECLARE
    set_version text;
    set_status  text;
BEGIN
    FOREACH set_version IN ARRAY ARRAY[OLD.rule_set_version, NEW.rule_set_version] LOOP
        -- Locked, so that a set is not activated while a rule is being written.
        SELECT status INTO set_status FROM rule_set WHERE version = set_version FOR SHARE;
        IF set_status <> 'draft' THEN
            RAISE EXCEPTION 'the rules of set % cannot change: it is %', set_version, set_status
                USING ERRCODE = 'restrict_violation';
        END IF;
    END LOOP;
    RETURN coalesce(NEW, OLD);
END
$$;

CREATE TRIGGER rule_change BEFORE INSERT OR UPDATE OR DELETE ON rule
    FOR EACH ROW EXECUTE FUNCTION check_rule_change();

CREATE FUNCTION check_one_rule_set_is_active() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path = decision, pg_temp
AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM rule_set WHERE status = 'active') THEN
        RAISE EXCEPTION 'no rule set would be active' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NULL;
END
$$;

-- At commit, because a set is deprecated before the next one is activated.
CREATE CONSTRAINT TRIGGER rule_set_some_active AFTER INSERT OR UPDATE OR DELETE ON rule_set
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_one_rule_set_is_active();

-- Makes a draft the active set; decisions that begin after the commit are made by it, no restart is needed. With the
-- caller's rights: only the owner may.
CREATE FUNCTION activate_rule_set(draft_version text) RETURNS void
    LANGUAGE plpgsql
    SET search_path = decision, pg_temp
AS $$
BEGIN
    -- A set without rules would approve everything.
    IF NOT EXISTS (SELECT FROM rule WHERE rule_set_version = draft_version) THEN
        RAISE EXCEPTION 'rule set % has no rules', draft_version USING ERRCODE = 'restrict_violation';
    END IF;
    UPDATE rule_set SET status = 'deprecated', deprecated_at = clock_timestamp() WHERE status = 'active';
    UPDATE rule_set SET status = 'active', activated_at = clock_timestamp()
    WHERE version = draft_version AND status = 'draft';
    IF NOT FOUND THEN
        RAISE EXCEPTION 'rule set % is not a draft', draft_version USING ERRCODE = 'restrict_violation';
    END IF;
END
$$;

REVOKE EXECUTE ON FUNCTION activate_rule_set(text) FROM PUBLIC;

-- Sanctions lists, each with the time of which it is: one that was not renewed for long is not to be relied upon.
CREATE TABLE sanctions_list (
    id    text        PRIMARY KEY CHECK (id <> ''),
    title text        NOT NULL,
    as_of timestamptz NOT NULL CHECK (isfinite(as_of))
);

-- keys and words are what io.fincore.decision.NormalisedName makes of the text.
CREATE TABLE sanction_entry (
    list_id text   NOT NULL REFERENCES sanctions_list ON DELETE CASCADE,
    kind    text   NOT NULL CHECK (kind IN ('name', 'country')),
    text    text   NOT NULL CHECK (text <> ''),
    keys    text[] NOT NULL DEFAULT '{}',
    words   text[] NOT NULL DEFAULT '{}',
    PRIMARY KEY (list_id, kind, text),
    CHECK (kind <> 'country' OR text ~ '^[A-Z]{2}$'),
    CHECK (kind <> 'name' OR (cardinality(keys) > 0 AND cardinality(words) > 0))
);

CREATE INDEX sanction_entry_keys ON sanction_entry USING gin (keys);
CREATE INDEX sanction_entry_words ON sanction_entry USING gin (words);

-- The velocity limits. limit_source is what an evaluation locks, so that of two payments from one source the second
-- counts the first; limit_window holds what is reserved, in pieces of five minutes, so that a window can slide.
CREATE TABLE limit_source (
    tenant text NOT NULL CHECK (tenant <> ''),
    source text NOT NULL CHECK (source <> ''),
    PRIMARY KEY (tenant, source)
);

CREATE TABLE limit_window (
    tenant        text        NOT NULL,
    source        text        NOT NULL,
    starts_at     timestamptz NOT NULL,
    currency      text        NOT NULL,
    payment_count bigint      NOT NULL CHECK (payment_count >= 0),
    amount_sum    bigint      NOT NULL CHECK (amount_sum >= 0),
    PRIMARY KEY (tenant, source, starts_at, currency),
    FOREIGN KEY (tenant, source) REFERENCES limit_source
);

-- Payments that were given up. Also one that was not decided yet: its decision, if it still comes, must reserve
-- nothing.
CREATE TABLE limit_release (
    payment_id  text        PRIMARY KEY,
    released_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

-- One decision per payment, for ever. No foreign key to rule_set: every decision would lock the one active row, and a
-- set that was active cannot be deleted anyway.
CREATE TABLE decision (
    payment_id       text        PRIMARY KEY,
    tenant           text        NOT NULL CHECK (tenant <> ''),
    principal        text        NOT NULL CHECK (principal <> ''),
    customer_id      text        NOT NULL,
    source           text        NOT NULL,
    amount           bigint      NOT NULL CHECK (amount >= 0),
    currency         text        NOT NULL,
    creditor_iban    text        NOT NULL,
    client_ip        text,
    rule_set_version text        NOT NULL,
    outcome          text        NOT NULL CHECK (outcome IN ('approved', 'declined', 'review')),
    -- [{"code": …, "detail": …}]
    reasons          jsonb       NOT NULL CHECK (jsonb_typeof(reasons) = 'array'),
    -- The variables that the rules were evaluated over.
    inputs           jsonb       NOT NULL CHECK (jsonb_typeof(inputs) = 'object'),
    -- limit_window.starts_at of the reservation; null if nothing is reserved.
    reserved_in      timestamptz,
    decided_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
    review_passed_at timestamptz,
    released_at      timestamptz,
    CHECK ((outcome = 'approved') = (reasons = '[]')),
    CHECK ((outcome = 'declined') = (reserved_in IS NULL)),
    CHECK (review_passed_at IS NULL OR outcome = 'review')
);

-- Whom a customer has paid, and from where, in payments that were let go and not given up.
CREATE INDEX decision_known_creditor ON decision (tenant, customer_id, creditor_iban)
    WHERE released_at IS NULL AND (outcome = 'approved' OR review_passed_at IS NOT NULL);
CREATE INDEX decision_known_client_ip ON decision (tenant, customer_id, client_ip)
    WHERE released_at IS NULL AND (outcome = 'approved' OR review_passed_at IS NOT NULL);

GRANT USAGE ON SCHEMA decision TO fincore_worker, fincore_api;
GRANT SELECT ON rule_set, rule, sanctions_list, sanction_entry TO fincore_worker;
-- UPDATE only to lock the row; there is nothing in it to change.
GRANT SELECT, INSERT, UPDATE (source) ON limit_source TO fincore_worker;
GRANT SELECT, INSERT, UPDATE (payment_count, amount_sum) ON limit_window TO fincore_worker;
GRANT SELECT, INSERT ON limit_release TO fincore_worker;
GRANT SELECT, INSERT, UPDATE (review_passed_at, released_at) ON decision TO fincore_worker;
