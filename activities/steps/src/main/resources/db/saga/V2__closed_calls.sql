-- A call that leaves the house is closed for ever when what it would pay was given back: no attempt of it may pass any more. Until now
-- the highest call number there is has said so.
ALTER TABLE saga.step ADD COLUMN closed boolean NOT NULL DEFAULT false;

UPDATE saga.step SET closed = true WHERE call_number = 2147483647;
