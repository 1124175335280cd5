-- Reads payloads that a claim withheld, each unless it is longer as text than was asked for.
-- $1 the jobs, $2 how many bytes each may have, its headers included
SELECT printed.id, printed.bytes,
       CASE WHEN printed.bytes <= asked.most THEN printed.payload END AS payload,
       CASE WHEN printed.bytes <= asked.most THEN printed.headers END AS headers
FROM unnest($1::bigint[], $2::bigint[]) AS asked (id, most),
     -- Each is printed once: OFFSET keeps the planner from putting the expression into each place that names it.
     LATERAL (
         SELECT text.id, text.payload, text.headers,
                octet_length(text.payload)::bigint + coalesce(octet_length(text.headers), 0) AS bytes
         FROM (SELECT j.id, j.payload::text AS payload, j.headers::text AS headers
               FROM ${schema}.job j WHERE j.id = asked.id OFFSET 0) AS text
         OFFSET 0) AS printed
