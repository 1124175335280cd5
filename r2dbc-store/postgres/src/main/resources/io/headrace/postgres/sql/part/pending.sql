-- Adds sets to those that are pending.
-- source: the sets, with these columns
INSERT INTO ${schema}.pending (queue, kind, priority, run_at, attempt, suspicion, size, jobs)
SELECT s.queue, s.kind, s.priority, s.run_at, s.attempt, s.suspicion, s.size, s.jobs
FROM ${source} s
