-- A request that was taken up with others and has to be answered alone gives its claim back before anybody has seen it: nobody may delete
-- keys, but a transaction takes back what it has claimed itself. Answers how many.
CREATE FUNCTION intake.give_up_claims(p_resources text[]) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = intake, pg_temp SET enable_seqscan = off AS $$
DECLARE
    v_given integer;
BEGIN
    DELETE FROM idempotency_key claim
     WHERE claim.resource_id = ANY (p_resources) AND claim.answered_at IS NULL AND claim.xmin = pg_current_xact_id()::xid;
    GET DIAGNOSTICS v_given = ROW_COUNT;
    RETURN v_given;
END $$;

REVOKE EXECUTE ON FUNCTION intake.give_up_claims FROM PUBLIC;
GRANT EXECUTE ON FUNCTION intake.give_up_claims TO fincore_api;

-- A claim is answered by an update a moment after its insert: with room beside it, the new row stays on its page, and no index is written.
ALTER TABLE intake.idempotency_key SET (fillfactor = 30);
