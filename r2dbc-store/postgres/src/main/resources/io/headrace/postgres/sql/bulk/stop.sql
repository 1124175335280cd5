-- Asks to stop an operation. The next chunk finds it.
-- $1 the operation
UPDATE ${schema}.operation SET state = 'STOPPING' WHERE id = $1 AND state = 'RUNNING'
