-- Whether transactions are open.
-- $1 their numbers
SELECT CASE WHEN age(a.transaction::xid8::xid) > 0 THEN coalesce(pg_xact_status(a.transaction::xid8) = 'in progress', false)
            -- A server that has lost the last transactions does not know of numbers to come.
            ELSE false END AS open
FROM unnest($1::text[]) WITH ORDINALITY AS a (transaction, nr)
ORDER BY a.nr
