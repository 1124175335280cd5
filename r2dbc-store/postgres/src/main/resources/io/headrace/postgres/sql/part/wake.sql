-- Wakes the workers that wait: one notification for each queue on which somebody does. Always one row.
-- source: the queues, each any number of times; mark: '<' if sets took an old place in them, otherwise '=';
-- except: a worker that learns of it by other means, 0 for none
SELECT count(pg_notify('${schema}', ${mark} || due.queue)) AS woken
FROM (SELECT DISTINCT queue FROM ${source}) AS due
WHERE EXISTS (SELECT FROM ${schema}.worker w WHERE w.id <> ${except} AND due.queue = ANY (w.idle_queues))
