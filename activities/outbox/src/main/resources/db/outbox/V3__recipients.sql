-- To whom an event was handed over, as it was at the last attempt: an endpoint's URL may change. Scheme, host and port alone tell who that
-- is; what stands behind them may be a secret of theirs.
ALTER TABLE delivery ADD COLUMN recipient text CHECK (length(recipient) <= 2048);

UPDATE delivery
   SET recipient = substring(endpoint.url FROM '^[^/]*//[^/?]*')
  FROM endpoint
 WHERE endpoint.id = delivery.endpoint_id AND delivery.attempts > 0;

-- A thing's deliveries: for its timeline, and for the person whom it belongs to.
CREATE INDEX delivery_of_subject ON delivery (subject_id);

GRANT UPDATE (recipient) ON delivery TO fincore_worker;
