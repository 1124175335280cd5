-- A failed attempt that is on record, as JSON, without its stack trace. of: its row
jsonb_build_object('attempt', ${of}.attempt, 'at', ${of}.at, 'type', ${of}.error_type, 'message', ${of}.message,
                   'fingerprint', ${of}.fingerprint,
                   'version', (SELECT m.version FROM ${schema}.engine_mark m WHERE m.worker = ${of}.worker))
