-- The columns of a bulk operation, as OperationRow reads them.
-- of: its row
${of}.id, ${of}.action, ${of}.state, ${of}.done, ${of}.raced, ${of}.pruned, ${of}.started_by, ${of}.started_at, ${of}.ended_at,
${of}.kind, ${of}.queue, ${of}.fingerprint, ${of}.jobs
