-- One step of making segments ahead and dropping those that are over.
-- $1 for how long completed jobs are kept, $2 how long a segment is, both in milliseconds
SELECT t.what, t.name, t.said, t.forgotten
FROM ${schema}.tidy($1 * interval '1 millisecond', $2 * interval '1 millisecond') AS t
