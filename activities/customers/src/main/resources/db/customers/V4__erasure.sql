-- A customer may be erased: the row stays, for what refers to it, and tells of nobody any more.
ALTER TABLE customer
    DROP CONSTRAINT customer_status_check,
    ADD CONSTRAINT customer_status_check CHECK (status IN ('unverified', 'verified', 'rejected', 'erased')),
    ADD COLUMN erased_at timestamptz,
    ADD CONSTRAINT erased_since CHECK ((status = 'erased') = (erased_at IS NOT NULL));

CREATE FUNCTION guard_erased() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'customer %: erased is for ever', OLD.id USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER erased_is_for_ever BEFORE UPDATE ON customer
    FOR EACH ROW WHEN (OLD.status = 'erased') EXECUTE FUNCTION guard_erased();

-- Answers whether it was there to be erased.
CREATE FUNCTION erase(p_customer text) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = customers, pg_temp AS $$
BEGIN
    UPDATE customer
       SET name = 'erased', email = 'erased-' || id || '@invalid', date_of_birth = NULL, country = NULL, metadata = '{}',
           status = 'erased', erased_at = clock_timestamp()
     WHERE id = p_customer AND status <> 'erased';
    RETURN FOUND;
END $$;

-- The status of a customer, which stays until the caller's transaction ends: what is begun for a customer is begun before an erasure,
-- and is in its way, or after it, and is refused.
CREATE FUNCTION kept_status(p_customer text) RETURNS text
    LANGUAGE sql SECURITY DEFINER SET search_path = customers, pg_temp AS $$
    SELECT status FROM customer WHERE id = p_customer FOR SHARE
$$;

REVOKE EXECUTE ON FUNCTION guard_erased, erase, kept_status FROM PUBLIC;
GRANT EXECUTE ON FUNCTION erase TO fincore_worker;
GRANT EXECUTE ON FUNCTION kept_status TO fincore_api;
