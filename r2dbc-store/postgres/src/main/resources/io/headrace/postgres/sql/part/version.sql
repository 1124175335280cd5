-- The version of the engine that made an attempt, as what is added to the JSON of its failure; null if it is not known.
-- failure: the failure
jsonb_build_object('version', (SELECT m.version FROM ${schema}.engine_mark m WHERE m.worker = (${failure} ->> 'worker')::bigint))
