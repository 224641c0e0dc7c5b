-- A payment's history is numbered here, and not by whoever writes it: each statement of this function sees what was committed while
-- the writer waited for the payment's row, whereas the writer's own statement goes on with what it saw before the wait.
CREATE FUNCTION payments.number_history() RETURNS trigger LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    NEW.number := (SELECT coalesce(max(h.number), 0) + 1 FROM payments.payment_history h WHERE h.payment_id = NEW.payment_id);
    RETURN NEW;
END $$;

CREATE TRIGGER numbers_history BEFORE INSERT ON payments.payment_history
    FOR EACH ROW EXECUTE FUNCTION payments.number_history();
