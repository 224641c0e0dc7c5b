-- What the KYC provider has written goes with the customer, in outcomes too: one that was not understood quoted it.
CREATE OR REPLACE FUNCTION intake.forget_customer() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = intake, pg_temp AS $$
BEGIN
    UPDATE idempotency_key
       SET document = NULL, fingerprint = 'erased',
           body = convert_to(format('{"id":"%s","object":"customer","status":"erased"}', NEW.id), 'UTF8')
     WHERE tenant = NEW.tenant AND principal = NEW.principal AND operation = 'customers.create'
       AND location = '/v1/customers/' || NEW.id;
    UPDATE inbound_event SET body = '{}', outcome = CASE status WHEN 'dead' THEN 'the customer is erased' ELSE outcome END
     WHERE provider = 'kyc'
       AND subject_id IN (SELECT a.id FROM payments.account_activation a WHERE a.customer_id = NEW.id);
    RETURN NULL;
END $$;

-- A callback that comes after the erasure, or was being handed on meanwhile, is forgotten when it has been dealt with. Replayed, it is one
-- that says nothing. The customer's row is locked: an erasure that has not been committed yet may have passed this callback by.
CREATE FUNCTION intake.forget_late_callback() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = intake, pg_temp AS $$
BEGIN
    IF (SELECT customers.kept_status(a.customer_id) FROM payments.account_activation a WHERE a.id = NEW.subject_id) = 'erased' THEN
        NEW.body := '{}';
        NEW.outcome := CASE NEW.status WHEN 'dead' THEN 'the customer is erased' ELSE NEW.outcome END;
    END IF;
    RETURN NEW;
END $$;

REVOKE EXECUTE ON FUNCTION intake.forget_late_callback FROM PUBLIC;

CREATE TRIGGER late_callback_is_forgotten BEFORE INSERT OR UPDATE OF status ON intake.inbound_event
    FOR EACH ROW WHEN (NEW.provider = 'kyc' AND NEW.status <> 'pending') EXECUTE FUNCTION intake.forget_late_callback();

-- Those that came too late until now.
UPDATE intake.inbound_event SET body = '{}', outcome = CASE status WHEN 'dead' THEN 'the customer is erased' ELSE outcome END
 WHERE provider = 'kyc'
   AND subject_id IN (SELECT a.id FROM payments.account_activation a JOIN customers.customer c ON c.id = a.customer_id
                       WHERE c.status = 'erased');
