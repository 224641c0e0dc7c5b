-- Of the whole platform: the book has no tenants.
CREATE VIEW read.book_check AS
SELECT id, requested_by, status, report, error, started_at, completed_at FROM saga.book_check;

GRANT SELECT ON read.book_check TO fincore_worker, fincore_api;
