-- The rights that an engine needs and this role lacks, as GRANT writes them; docs/guide-operating.md has the same list.
-- Tables that do not exist lack no rights. Catalogs only: a role without rights can ask this.
WITH namespace AS (
    SELECT oid FROM pg_namespace WHERE nspname = '${schema}'
), needed (name, rights) AS (
    VALUES ('schema_version', '{SELECT}'::text[]), ('total', '{SELECT}'), ('segment', '{SELECT}'),
           ('job', '{SELECT,INSERT}'), ('completed', '{SELECT,INSERT}'), ('attempt_failure', '{SELECT,INSERT}'),
           ('pruned', '{SELECT,INSERT}'), ('cancellation', '{SELECT,INSERT,DELETE}'),
           ('decision', '{SELECT,INSERT,DELETE}'), ('decision_answer', '{SELECT,INSERT,DELETE}'),
           ('unreleased_key', '{SELECT,DELETE}'), ('trace', '{SELECT,INSERT,UPDATE}'),
           ('throttle', '{SELECT,UPDATE,DELETE}'), ('debounce', '{SELECT,UPDATE,DELETE}'), ('queue', '{SELECT,INSERT,UPDATE}'),
           ('pending', '{SELECT,INSERT,UPDATE,DELETE}'), ('lease', '{SELECT,INSERT,UPDATE,DELETE}'),
           ('worker', '{SELECT,INSERT,UPDATE,DELETE}'), ('tombstone', '{SELECT,INSERT,UPDATE,DELETE}'),
           ('unique_key', '{SELECT,INSERT,UPDATE,DELETE}'), ('progress', '{SELECT,INSERT,UPDATE,DELETE}'),
           ('schedule', '{SELECT,INSERT,UPDATE,DELETE}'), ('schedule_state', '{SELECT,INSERT,UPDATE,DELETE}'),
           ('fire', '{SELECT,INSERT,UPDATE,DELETE}')
), called (name) AS (
    VALUES ('next_block'), ('tidy'), ('key_holder'), ('admitted_job'), ('debounced_job'), ('release_keys'), ('forget_traces'), ('up_since'),
           ('worker_text')
)
SELECT 'USAGE ON SCHEMA ${schema}' AS lacking
FROM namespace n WHERE NOT has_schema_privilege(n.oid, 'USAGE')
UNION ALL
SELECT string_agg(lacks, ', ' ORDER BY place) || ' ON ${schema}.' || t.name
FROM needed t JOIN pg_class c ON c.relname = t.name AND c.relnamespace = (SELECT oid FROM namespace),
     unnest(t.rights) WITH ORDINALITY AS r (lacks, place)
WHERE NOT has_table_privilege(c.oid, lacks)
GROUP BY t.name
UNION ALL
SELECT 'USAGE ON SEQUENCE ${schema}.block'
FROM pg_class c
WHERE c.relname = 'block' AND c.relnamespace = (SELECT oid FROM namespace) AND NOT has_sequence_privilege(c.oid, 'USAGE')
UNION ALL
SELECT 'EXECUTE ON FUNCTION ${schema}.' || p.proname || '(' || oidvectortypes(p.proargtypes) || ')'
FROM called f JOIN pg_proc p ON p.proname = f.name AND p.pronamespace = (SELECT oid FROM namespace)
WHERE NOT has_function_privilege(p.oid, 'EXECUTE')
