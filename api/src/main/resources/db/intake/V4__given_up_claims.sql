-- A request that was taken up with others and has to be answered alone gives its new claim back before anybody has seen it.
GRANT DELETE ON intake.idempotency_key TO fincore_api;

-- A claim is answered by an update a moment after its insert: with room beside it, the new row stays on its page, and no index is written.
ALTER TABLE intake.idempotency_key SET (fillfactor = 30);
