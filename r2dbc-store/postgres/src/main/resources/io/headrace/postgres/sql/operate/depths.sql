-- What each queue holds that holds anything, at a cost that is bounded however much waits.
WITH RECURSIVE ${include depths pages=1024}
SELECT * FROM depth ORDER BY queue
