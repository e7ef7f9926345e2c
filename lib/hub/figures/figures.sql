-- name: unit
SELECT id, name, parent FROM unit WHERE province = $1 AND id = $2;

-- name: below
SELECT descendant FROM unit_closure WHERE province = $1 AND ancestor = $2;

-- name: flows
-- Summed over units here: a province asks for 130 communes, and units do not matter to the rates.
SELECT day, procedure, measure, sum(n) AS n FROM rollup
WHERE province = $1 AND unit = ANY ($2::text[]) AND day BETWEEN $3 AND $4
GROUP BY day, procedure, measure HAVING sum(n) <> 0;

-- name: stock
SELECT
  count(*) FILTER (WHERE stock = 'due' AND due_day >= $3) AS "inTime",
  count(*) FILTER (WHERE stock = 'due' AND due_day < $3) AS overdue,
  count(*) FILTER (WHERE stock = 'noDue') AS "noDue",
  count(*) FILTER (WHERE stock = 'unknownDue') AS "unknownDue"
FROM (
  SELECT stock, due_day FROM dossier
  WHERE province = $1 AND unit = ANY ($2::text[]) AND stock IS NOT NULL AND finish_day IS NULL
    AND received_day <= $3::date
  UNION ALL
  SELECT stock, due_day FROM dossier
  WHERE province = $1 AND unit = ANY ($2::text[]) AND stock IS NOT NULL AND finish_day > $3::date
    AND received_day <= $3::date
) AS open;

-- name: documents
SELECT role, count(*) AS waiting, count(*) FILTER (WHERE due_day < $3) AS overdue FROM document
WHERE province = $1 AND unit = ANY ($2::text[]) AND state = 'waiting' AND direction = 'in' GROUP BY role;

-- name: feedback
-- Closed groups only, flagged ones apart: the role sees nothing else (0008).
SELECT q.key AS question, l.level, sum(l.n::bigint) AS n
FROM release r CROSS JOIN LATERAL jsonb_each(r.levels) AS q
CROSS JOIN LATERAL jsonb_array_elements_text(q.value) WITH ORDINALITY AS l(n, level)
WHERE r.province = $1 AND r.unit = ANY ($2::text[]) AND r.last_day BETWEEN $3 AND $4 AND NOT r.is_flagged
GROUP BY 1, 2 HAVING sum(l.n::bigint) > 0;

-- name: visits
SELECT
  coalesce((SELECT sum(n) FROM release WHERE province = $1 AND unit = ANY ($2::text[])
    AND last_day BETWEEN $3 AND $4 AND NOT is_flagged), 0) AS completed,
  coalesce((SELECT sum(abandoned) FROM counter_span WHERE province = $1 AND unit = ANY ($2::text[])
    AND last_day BETWEEN $3 AND $4), 0) AS abandoned;

-- name: transport
-- Per device: what is missing below the highest head declared or received, over all its streams.
WITH streams AS (
  SELECT s.device, greatest(s.declared_head, coalesce(upper(s.received) - 1, 0)) - coalesce(
    (SELECT sum(upper(r) - lower(r)) FROM unnest(s.received) AS r), 0) AS missing
  FROM device_stream s WHERE s.province = $1
), devices AS (
  SELECT d.heard_at, sum(s.missing) AS missing
  FROM device d LEFT JOIN streams s ON s.device = d.id
  WHERE d.province = $1 AND d.unit = ANY ($2::text[]) AND d.status = 'active'
  GROUP BY d.id, d.heard_at
)
SELECT count(*) AS devices, count(*) FILTER (WHERE missing = 0) AS complete, coalesce(sum(missing), 0) AS missing,
  count(*) FILTER (WHERE heard_at IS NULL OR heard_at < $3) AS silent, min(heard_at) AS "heardThrough"
FROM devices;

-- name: official
-- The portal's own total of exactly this unit and span; the latest one that names the received counts, so that a menu's
-- badge of the same day hides nothing.
SELECT figures FROM official_total
WHERE province = $1 AND unit = $2 AND from_day = $3 AND to_day = $4 AND figures ?| $5::text[]
ORDER BY at DESC, device, stream, seq LIMIT 1;

-- name: catalogue
SELECT code, name, sector, online, has_fee AS "hasFee", returns_result AS "returnsResult", limit_days AS "limitDays",
  valid_from AS "validFrom", valid_to AS "validTo"
FROM procedure_catalogue WHERE province = $1 ORDER BY code, valid_from NULLS FIRST;

-- name: units
SELECT id, parent, name, kind, agency_codes AS "agencyCodes", aliases, valid_from AS "validFrom", valid_to AS "validTo"
FROM unit WHERE province = $1 ORDER BY id;
