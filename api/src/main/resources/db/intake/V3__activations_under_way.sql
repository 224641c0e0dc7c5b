-- Whether an activation of a wallet has been ordered that the worker has not written yet.
CREATE INDEX idempotency_key_activation ON intake.idempotency_key ((document ->> 'wallet'))
    WHERE operation = 'activations.create';
