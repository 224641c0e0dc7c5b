-- The rules that the platform starts with. What they mean stands in docs/using/decision-rules.md.
INSERT INTO rule_set (version, description, window_minutes) VALUES
    ('1', 'Sanctions, limits per payment and per hour, new creditors and addresses', 60);

INSERT INTO rule (rule_set_version, name, expression, outcome, reason_code, detail) VALUES
    ('1', 'sanctioned-name', 'size(sanctioned_names) > 0',
     'decline', 'sanctioned_name', 'The creditor''s name is on a sanctions list'),
    ('1', 'similar-sanctioned-name', 'size(similar_sanctioned_names) > 0',
     'review', 'sanctioned_name', 'The creditor''s name contains a name on a sanctions list'),
    ('1', 'name-without-letters', 'creditor_name == ""',
     'review', 'sanctioned_name', 'The creditor''s name has no letters to be compared with the sanctions lists'),
    ('1', 'sanctioned-country', 'sanctioned_country',
     'decline', 'sanctioned_country', 'The creditor''s account is in a sanctioned country'),
    ('1', 'sanctions-list-stale', 'sanctions_list_age_hours > 30 * 24',
     'review', 'sanctions_list_stale', 'A sanctions list was not renewed for more than 30 days'),
    ('1', 'amount-limit', 'amount > 50000 * major_unit',
     'decline', 'amount_limit', 'The amount is above the limit of 50,000 per payment'),
    ('1', 'velocity-count', 'window_count > 10000',
     'decline', 'velocity_count', 'The source has reached the limit of 10,000 payments per hour'),
    ('1', 'velocity-sum', 'window_sum > 1000000 * major_unit',
     'decline', 'velocity_sum', 'The source has reached the limit of 1,000,000 per hour'),
    ('1', 'new-creditor', 'new_creditor && amount >= 5000 * major_unit',
     'review', 'new_creditor_large_amount', 'The first payment to this creditor is 5,000 or more'),
    ('1', 'new-client-address', 'new_client_ip && amount >= 5000 * major_unit',
     'review', 'new_client_ip_large_amount', 'The first payment from this client address is 5,000 or more');

SELECT activate_rule_set('1');

-- Test data: names invented, the country an example. Replace it by real lists (docs/using/decision-rules.md).
INSERT INTO sanctions_list (id, title, as_of) VALUES ('test', 'Invented names for development', clock_timestamp());

INSERT INTO sanction_entry (list_id, kind, text, keys, words) VALUES
    ('test', 'name', 'Blocked Person Ltd',
     '{blocked ltd person,blockedpersonltd}', '{blocked,ltd,person}'),
    ('test', 'name', 'Žofie Nežádoucí',
     '{nezadouci zofie,zofienezadouci}', '{nezadouci,zofie}'),
    ('test', 'name', 'Société Interdite S.A.',
     '{a interdite s societe,interdite sa societe,societeinterditesa}', '{interdite,sa,societe}');

INSERT INTO sanction_entry (list_id, kind, text) VALUES ('test', 'country', 'BY');
