-- The matrix of docs/internals/grants.md. Nobody writes tables: movements go through functions, each granted to the
-- role that needs it. PUBLIC may execute a new function by default, hence the first line; later migrations repeat it.
REVOKE EXECUTE ON ALL FUNCTIONS IN SCHEMA ledger FROM PUBLIC;

GRANT USAGE ON SCHEMA ledger TO fincore_worker, fincore_api;
GRANT SELECT ON chart_of_accounts, account, account_balance, wallet, hold, transaction, entry
    TO fincore_worker, fincore_api;

GRANT EXECUTE ON FUNCTION open_wallet, deposit TO fincore_api;
GRANT EXECUTE ON FUNCTION place_hold, settle_hold, release_hold, reverse_transaction TO fincore_worker;
