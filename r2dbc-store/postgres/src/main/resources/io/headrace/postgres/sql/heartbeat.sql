-- Keeps a worker alive, and answers which of the leases that it believes to have are gone, and
-- which of its jobs were cancelled.
-- $1 the worker, $2 expiry in milliseconds, $3 the queues on which it waits, $4 its leases
WITH beat AS (
    UPDATE ${schema}.worker SET expires_at = now() + $2 * interval '1 millisecond', waiting = $3
    WHERE id = $1
    RETURNING id
), cancelled AS (
    DELETE FROM ${schema}.cancellation WHERE worker = $1 RETURNING job
)
SELECT EXISTS (SELECT FROM beat) AS known,
       ARRAY(SELECT mine.lease FROM unnest($4::bigint[]) AS mine (lease)
             WHERE NOT EXISTS (SELECT FROM ${schema}.lease l WHERE l.id = mine.lease AND l.worker = $1)) AS lost,
       ARRAY(SELECT job FROM cancelled) AS cancelled
