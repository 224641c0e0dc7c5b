-- A wallet is opened before its customer is known well enough to use it: the activation saga sets it going.
CREATE OR REPLACE FUNCTION open_wallet(p_wallet text, p_tenant text, p_principal text, p_customer text, p_currency text,
                                       p_metadata text[])
    RETURNS TABLE (wallet_id text, opened boolean)
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
DECLARE
    v_account bigint;
BEGIN
    PERFORM open_system_accounts(p_currency);
    INSERT INTO wallet (id, tenant, principal, customer_id, currency, account_id, status, metadata)
    VALUES (p_wallet, p_tenant, p_principal, p_customer, p_currency, nextval('wallet_account_id'), 'pending_activation',
            jsonb_object(p_metadata))
    ON CONFLICT (tenant, principal, customer_id, currency) DO NOTHING
    RETURNING account_id INTO v_account;
    opened := FOUND;
    IF opened THEN
        INSERT INTO account (id, code, currency, normal_side, guarded)
        SELECT v_account, code, p_currency, normal_side, guarded FROM chart_of_accounts WHERE code = 'customer_wallet';
        INSERT INTO account_balance (account_id, normal_side, guarded)
        SELECT id, normal_side, guarded FROM account WHERE id = v_account;
    END IF;
    SELECT w.id INTO wallet_id FROM wallet w
     WHERE w.tenant = p_tenant AND w.principal = p_principal AND w.customer_id = p_customer AND w.currency = p_currency;
    RETURN NEXT;
END $$;

-- Sets a wallet going; one that is active already stays so. Answers the status it had. Like every change of status it takes the lock
-- of the account's balance first, under which movements read the status.
CREATE FUNCTION activate_wallet(p_wallet text)
    RETURNS answer LANGUAGE plpgsql SECURITY DEFINER SET search_path = ledger, pg_temp AS $$
DECLARE
    v_status text;
BEGIN
    PERFORM FROM wallet w JOIN account_balance b ON b.account_id = w.account_id
      WHERE w.id = p_wallet FOR NO KEY UPDATE OF b;
    SELECT w.status INTO v_status FROM wallet w WHERE w.id = p_wallet;
    IF v_status IS NULL THEN
        RETURN refusal('wallet_unknown', NULL, NULL);
    END IF;
    IF v_status NOT IN ('pending_activation', 'active') THEN
        RETURN refusal('wallet_not_pending', NULL, v_status);
    END IF;
    UPDATE wallet SET status = 'active' WHERE id = p_wallet AND status = 'pending_activation';
    RETURN ROW('activated', p_wallet, NULL, v_status, NULL)::answer;
END $$;

REVOKE EXECUTE ON FUNCTION activate_wallet FROM PUBLIC;
GRANT EXECUTE ON FUNCTION activate_wallet TO fincore_worker;
