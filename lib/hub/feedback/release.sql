-- name: holdDerived
SELECT pg_advisory_xact_lock(hashtext('nmc-derived'), hashtext($1));

-- name: waiting
-- Visits of closed days not yet released or not yet counted in a span, and what stood around them on the same device and
-- day: a series or a crowd is seen only together.
WITH due AS (
  SELECT DISTINCT device, day FROM visit
  WHERE province = $1 AND day <= $2 AND NOT is_void AND (span IS NULL OR (release IS NULL AND outcome = 'completed'))
)
SELECT v.device, v.stream, v.seq, v.unit, v.counter, v.source, v.day, v.quarter, v.questionnaire, v.outcome, v.answers,
  v.reasons, v.comment, v.flags, v.found, v.release IS NOT NULL AS "isReleased", v.span IS NOT NULL AS "isCounted"
FROM visit v JOIN due USING (device, day)
WHERE v.province = $1 AND NOT v.is_void
ORDER BY v.device, v.stream, v.seq;

-- name: completedOn
-- All ratings of these places and days, for the rule of more ratings than returns.
SELECT v.unit, coalesce(v.counter, '') AS counter, v.day, count(*) AS ratings FROM visit v
WHERE v.province = $1 AND v.day = ANY ($2::date[]) AND v.outcome = 'completed' AND NOT v.is_void GROUP BY 1, 2, 3;

-- name: returnsThrough
SELECT unit, counter, day, returns, told FROM counter_day
WHERE province = $1 AND day <= $2 AND (returns <> told OR day = ANY ($3::date[]));

-- name: addRelease
INSERT INTO release (province, unit, counter, questionnaire, source, is_flagged, first_day, last_day, released_on, n, levels,
  reasons, flags)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) RETURNING id;

-- name: addAnswers
INSERT INTO released_answer (province, release, place, answers, reasons, comment)
SELECT $1, $2, a.place, a.answers, ARRAY(SELECT jsonb_array_elements_text(a.reasons)), a.comment
FROM unnest($3::int[], $4::jsonb[], $5::jsonb[], $6::text[]) AS a(place, answers, reasons, comment) ORDER BY a.place;

-- name: markReleased
UPDATE visit v SET release = $2, found = ARRAY(SELECT jsonb_array_elements_text(t.found))
FROM unnest($3::text[], $4::int[], $5::bigint[], $6::jsonb[]) AS t(device, stream, seq, found)
WHERE v.province = $1 AND v.device = t.device AND v.stream = t.stream AND v.seq = t.seq;

-- name: addSpan
INSERT INTO counter_span (province, unit, counter, first_day, last_day, returns, ratings, flagged, abandoned, phone)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id;

-- name: markCounted
UPDATE visit v SET span = $2 FROM unnest($3::text[], $4::int[], $5::bigint[]) AS t(device, stream, seq)
WHERE v.province = $1 AND v.device = t.device AND v.stream = t.stream AND v.seq = t.seq;

-- name: markTold
UPDATE counter_day c SET told = c.returns FROM unnest($2::text[], $3::text[], $4::date[]) AS t(unit, counter, day)
WHERE c.province = $1 AND c.unit = t.unit AND c.counter = t.counter AND c.day = t.day;

-- name: closeThrough
UPDATE province SET ratings_through = greatest(ratings_through, $2::date) WHERE id = $1;
