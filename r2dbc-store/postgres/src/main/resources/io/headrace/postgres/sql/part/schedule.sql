-- The columns of a schedule, all but its payload, as ScheduleRows reads them: d is its row, s where it stands.
d.name, s.version, d.timetable, d.zone, d.start_at, d.jitter_ms, d.misfire, d.overlap, d.queue, d.kind, d.priority, d.headers,
d.max_attempts, d.declaration, d.declared_at, d.overridden, s.pause, s.due_at, s.next_at, s.waiting_at, s.waiting_cause,
s.last_at, s.last_job, s.fires, s.passed_over, d.pruned_to,
-- A job that has ended has given its key back, unless it has failed, or the key was locked at that moment. OFFSET: each is
-- looked up by the index; as a join it would read all the keys there are.
d.overlap <> 'ALLOW'
AND EXISTS (SELECT FROM ${schema}.unique_key k WHERE k.job = s.last_job OFFSET 0)
AND NOT EXISTS (SELECT FROM ${schema}.tombstone t WHERE t.job = s.last_job OFFSET 0)
AND NOT EXISTS (SELECT FROM ${schema}.unreleased_key u WHERE u.job = s.last_job OFFSET 0) AS busy
