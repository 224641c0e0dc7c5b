-- The three roles of FinCore. Run once by a superuser of the server; the passwords are set apart from this file.
-- fincore_owner owns all objects and migrates; worker and api have no DDL and only what the migrations grant them.
DO $$
DECLARE
    role_name text;
BEGIN
    FOREACH role_name IN ARRAY ARRAY['fincore_owner', 'fincore_worker', 'fincore_api'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = role_name) THEN
            EXECUTE format('CREATE ROLE %I LOGIN', role_name);
        END IF;
    END LOOP;
END $$;
