-- The rights that an engine needs and this role lacks, as GRANT writes them: the list of docs/guide-operating.md, line by line.
-- Tables that do not exist lack no rights. Catalogs only: a role without rights can ask this.
WITH namespace AS (
    SELECT oid FROM pg_namespace WHERE nspname = '${schema}'
), needed (rights, names) AS (
    VALUES ('{SELECT}'::text[], '{schema_version, total, segment, completed_default, signal}'::name[]),
           ('{SELECT,INSERT}', '{job, completed, attempt_failure, pruned, step}'),
           ('{SELECT,INSERT,DELETE}', '{cancellation, decision, decision_answer, job_cursor}'),
           ('{SELECT,DELETE}', '{unreleased_key}'),
           ('{SELECT,UPDATE,DELETE}', '{throttle, debounce}'),
           ('{SELECT,INSERT,UPDATE}', '{queue, trace, result, awaited}'),
           ('{SELECT,INSERT,UPDATE,DELETE}', ('{pending, lease, worker, engine_mark, tombstone, unique_key, progress,'
               || 'schedule, schedule_state, fire, operation, waiter}')::name[])
), called (names) AS (
    VALUES (('{next_block, tidy, key_holder, admitted_job, debounced_job, granted_lease, complete_in, step_in, release_keys, forget_traces, forget_records, up_since, worker_text,'
               || 'send_signal, signal_state, forget_signals}')::name[])
)
SELECT 'USAGE ON SCHEMA ${schema}' AS lacking
FROM namespace n WHERE NOT has_schema_privilege(n.oid, 'USAGE')
UNION ALL
SELECT string_agg(lacks, ', ' ORDER BY place) || ' ON ${schema}.' || c.relname
FROM needed t JOIN pg_class c ON c.relname = ANY (t.names) AND c.relnamespace = (SELECT oid FROM namespace),
     unnest(t.rights) WITH ORDINALITY AS r (lacks, place)
WHERE NOT has_table_privilege(c.oid, lacks)
GROUP BY c.relname
UNION ALL
SELECT 'USAGE ON SEQUENCE ${schema}.block'
FROM pg_class c
WHERE c.relname = 'block' AND c.relnamespace = (SELECT oid FROM namespace) AND NOT has_sequence_privilege(c.oid, 'USAGE')
UNION ALL
SELECT 'EXECUTE ON FUNCTION ${schema}.' || p.proname || '(' || oidvectortypes(p.proargtypes) || ')'
FROM called f JOIN pg_proc p ON p.proname = ANY (f.names) AND p.pronamespace = (SELECT oid FROM namespace)
WHERE NOT has_function_privilege(p.oid, 'EXECUTE')
