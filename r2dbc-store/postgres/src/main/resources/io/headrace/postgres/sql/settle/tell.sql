-- Announces jobs that have ended to the clients that wait for them, if any do: a '!' and the ids in hexadecimal, with a '-'
-- before those that did not complete. A notification has less than 8,000 bytes, so that several are sent for many.
-- $1-$2 (job, whether it completed), $3 clients that learn of it by other means
SELECT count(pg_notify('${schema}', '!' || told.jobs)) AS telling
FROM (SELECT string_agg(a.mark || to_hex(a.job), ',') AS jobs
      FROM (SELECT e.job, CASE WHEN e.completed THEN '' ELSE '-' END AS mark, row_number() OVER () / 400 AS nr
            FROM unnest($1::bigint[], $2::boolean[]) AS e (job, completed)
            WHERE EXISTS (SELECT FROM ${schema}.waiter w
                          WHERE w.job = e.job AND w.client <> ALL ($3::bigint[]) AND w.expires_at > now() OFFSET 0)) AS a
      GROUP BY a.nr) AS told
