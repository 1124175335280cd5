-- The rows of completed on a span of pages of one segment. OFFSET: only those pages are read.
-- span: the span (rest, whether of DEFAULT; starts_at, ends_at; first, until)
(SELECT d.ctid AS place, d.at, d.attempt, d.queue, d.kind, d.jobs FROM ONLY ${schema}.completed_default d
 WHERE ${span}.rest
   AND d.ctid >= format('(%s,0)', ${span}.first)::tid AND d.ctid < format('(%s,0)', ${span}.until)::tid OFFSET 0)
UNION ALL
(SELECT d.ctid, d.at, d.attempt, d.queue, d.kind, d.jobs FROM ${schema}.completed d
 WHERE NOT ${span}.rest AND d.at >= ${span}.starts_at AND d.at < ${span}.ends_at
   AND d.ctid >= format('(%s,0)', ${span}.first)::tid AND d.ctid < format('(%s,0)', ${span}.until)::tid OFFSET 0)
