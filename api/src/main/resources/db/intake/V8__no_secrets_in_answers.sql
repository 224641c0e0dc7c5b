-- Answers that hold the secret of a webhook endpoint are kept encrypted from now on (io.fincore.api.webhooks.SecretAnswers). Those from
-- before are forgotten: whoever repeats such a request is told that its key was used.
UPDATE intake.idempotency_key
   SET fingerprint = 'forgotten', body = convert_to('{}', 'UTF8')
 WHERE operation IN ('webhook-endpoints.create', 'webhook-endpoints.rotate') AND position('whsec_'::bytea IN body) > 0;
