-- The stack trace of a failure, as what is added to its JSON: its text, or if that is gone, nothing but that there was one.
-- failure: the failure, wanted: whether it is
CASE WHEN ${wanted} AND ${failure} ->> 'trace' IS NOT NULL
     THEN jsonb_build_object('trace', (SELECT t.text FROM ${schema}.trace t WHERE t.hash = (${failure} ->> 'trace')::uuid))
     ELSE '{}' END
