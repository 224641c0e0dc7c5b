-- A callback may fail for other reasons of its own than a missing workflow: this takes the place of unknown_since, which can be dropped
-- when no replica writes it any more.
ALTER TABLE intake.inbound_event
    -- Since when every attempt has failed for a reason of the event's own, and not because Temporal was away.
    ADD COLUMN failing_since timestamptz;

UPDATE intake.inbound_event SET failing_since = unknown_since WHERE status = 'pending';
