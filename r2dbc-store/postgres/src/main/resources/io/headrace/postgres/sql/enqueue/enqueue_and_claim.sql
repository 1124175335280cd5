-- Adds jobs of one queue which are due at once, at most 1,024, and leases them to the worker in whose process they come,
-- unless something older is due or the queue is paused: then they are pending as any other.
-- $1-$11 as for enqueue, $12-$14 the kinds that the worker handles and their terms (kind, max_attempts, deadline in
-- milliseconds), $15 for each priority from 0 up, where what is older would be: dead index entries before it need not be
-- walked
WITH block AS MATERIALIZED (
    SELECT ${schema}.next_block() AS first
), asked AS MATERIALIZED (
    SELECT g.nr, g.queue, g.kind, g.priority, g.size, first.id AS first,
           int8multirange(int8range(first.id, first.id + g.size)) AS jobs
    FROM block,
         (SELECT nr, queue, kind, priority, size, sum(size) OVER (ORDER BY nr)::bigint - size AS skip
          FROM unnest($1::text[], $2::text[], $3::smallint[], $4::bigint[], $5::timestamptz[], $6::integer[])
              WITH ORDINALITY AS g (queue, kind, priority, delay_us, run_at, size, nr)) AS g,
         LATERAL (SELECT block.first + g.skip AS id) AS first
), free AS MATERIALIZED (
    SELECT EXISTS (SELECT FROM ${schema}.worker w WHERE w.id = $11 AND w.expires_at > now())
           AND NOT EXISTS (SELECT FROM ${schema}.queue q WHERE q.name = ($1::text[])[1] AND q.paused_at IS NOT NULL)
           AND NOT EXISTS (
               SELECT
               FROM unnest($15::timestamptz[]) WITH ORDINALITY AS probe (floor, nr),
                    LATERAL (
                        SELECT
                        FROM ${schema}.pending s
                        WHERE s.queue = ($1::text[])[1] AND s.priority = (probe.nr - 1)::smallint
                          AND s.run_at >= probe.floor AND s.run_at <= now() AND s.kind = ANY ($12::text[])
                        LIMIT 1) AS older) AS yes
), granted AS (
    INSERT INTO ${schema}.lease (
        worker, queue, kind, priority, attempt, run_at, leased_at, deadline_at, max_attempts, suspicion, jobs)
    SELECT $11, asked.queue, asked.kind, asked.priority, 1, now(), now(),
           now() + terms.deadline_ms * interval '1 millisecond', terms.max_attempts, 0, asked.jobs
    FROM asked
    JOIN unnest($12::text[], $13::integer[], $14::bigint[]) AS terms (kind, max_attempts, deadline_ms) USING (kind)
    JOIN free ON free.yes
    RETURNING id, jobs
), sets AS (
    SELECT asked.queue, asked.kind, asked.priority, now() AS run_at, 0 AS attempt, 0 AS suspicion, asked.size, asked.jobs
    FROM asked
    JOIN free ON NOT free.yes
), queued AS (
    ${include pending source=sets}
), written AS (
    ${include jobs}
), due AS (
    SELECT ($1::text[])[1] AS queue, now() AS run_at FROM free WHERE NOT free.yes
)
SELECT block.first,
       -- In the order of the sets.
       ARRAY(SELECT granted.id FROM granted ORDER BY lower(granted.jobs)) AS leases,
       (${include wake source=due mark='=' except=$11 later=0}) AS woken
FROM block
