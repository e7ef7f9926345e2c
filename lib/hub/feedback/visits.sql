-- name: addVisits
INSERT INTO visit (province, device, stream, seq, unit, counter, source, day, quarter, questionnaire, language, outcome,
  answers, reasons, comment, step, flags, is_void)
SELECT province, device, stream, seq, unit, counter, source, day, quarter, questionnaire, language, outcome,
  answers, reasons, comment, step, flags, is_void
FROM entry_visit WHERE province = $1 AND device = $2 AND stream = $3 AND seq = ANY ($4::bigint[]);

-- name: voidVisits
UPDATE visit v SET is_void = true
FROM unnest($2::text[], $3::int[], $4::bigint[]) AS t(device, stream, seq)
WHERE v.province = $1 AND v.device = t.device AND v.stream = t.stream AND v.seq = t.seq;

-- name: addReturns
-- In the order of the key, as every sum: concurrent devices of one counter must not lock crosswise (sync §2.4).
INSERT INTO counter_day AS c (province, unit, counter, day, returns)
SELECT $1, r.unit, r.counter, r.day, sum(r.n * t.by)
FROM unnest($2::text[], $3::int[], $4::bigint[], $5::int[]) AS t(device, stream, seq, by)
JOIN entry_return r ON r.province = $1 AND r.device = t.device AND r.stream = t.stream AND r.seq = t.seq
GROUP BY r.unit, r.counter, r.day HAVING sum(r.n * t.by) <> 0
ORDER BY r.unit COLLATE "C", r.counter COLLATE "C", r.day
ON CONFLICT (province, unit, counter, day) DO UPDATE SET returns = c.returns + excluded.returns;

-- name: keepWords
INSERT INTO kiosk_word AS k (province, device, stream, topic, state, detail, at, seq)
SELECT $1, $2, $3, w.topic, w.state, w.detail, w.at, w.seq
FROM unnest($4::text[], $5::text[], $6::jsonb[], $7::timestamptz[], $8::bigint[]) AS w(topic, state, detail, at, seq)
ORDER BY w.topic COLLATE "C"
ON CONFLICT (province, device, topic) DO UPDATE SET state = excluded.state, detail = excluded.detail, at = excluded.at,
  stream = excluded.stream, seq = excluded.seq
WHERE (k.at, k.stream, k.seq) <= (excluded.at, excluded.stream, excluded.seq);

-- name: visitDifference
-- What the visits of devices should be by their entries; what the hub adds to them (found, release, span) is left alone.
SELECT coalesce(e.unit, v.unit) AS unit, coalesce(e.day, v.day)::text AS day
FROM (SELECT * FROM entry_visit WHERE province = $1) e
FULL JOIN (SELECT * FROM visit WHERE province = $1 AND device NOT LIKE '@%') v USING (device, stream, seq)
WHERE (e.unit, e.counter, e.source, e.day, e.quarter, e.questionnaire, e.language, e.outcome, e.answers, e.reasons,
    e.comment, e.step, e.flags, e.is_void)
  IS DISTINCT FROM (v.unit, v.counter, v.source, v.day, v.quarter, v.questionnaire, v.language, v.outcome, v.answers,
    v.reasons, v.comment, v.step, v.flags, v.is_void)
LIMIT 100;

-- name: returnDifference
SELECT unit, day::text AS day FROM (
  SELECT unit, counter, day, sum(n) AS n FROM entry_return WHERE province = $1 AND NOT is_void GROUP BY 1, 2, 3
) e FULL JOIN (SELECT unit, counter, day, returns FROM counter_day WHERE province = $1) c USING (unit, counter, day)
WHERE coalesce(e.n, 0) <> coalesce(c.returns, 0)
LIMIT 100;

-- name: releaseDifference
-- A closed group holds as many answers as it says, and as many visits point to it.
SELECT r.id FROM release r WHERE r.province = $1 AND (
  r.n <> (SELECT count(*) FROM released_answer a WHERE a.province = $1 AND a.release = r.id)
  OR r.n <> (SELECT count(*) FROM visit v WHERE v.province = $1 AND v.release = r.id))
LIMIT 100;

-- name: dropStrangeVisits
-- Never one that was released: its group is closed for ever.
DELETE FROM visit v WHERE v.province = $1 AND v.device NOT LIKE '@%' AND v.release IS NULL AND NOT EXISTS (
  SELECT 1 FROM entry e WHERE e.province = $1 AND e.device = v.device AND e.stream = v.stream AND e.seq = v.seq
    AND e.kind = 'feedback');

-- name: repairVisits
INSERT INTO visit AS v (province, device, stream, seq, unit, counter, source, day, quarter, questionnaire, language,
  outcome, answers, reasons, comment, step, flags, is_void)
SELECT province, device, stream, seq, unit, counter, source, day, quarter, questionnaire, language, outcome,
  answers, reasons, comment, step, flags, is_void FROM entry_visit WHERE province = $1
ON CONFLICT (province, device, stream, seq) DO UPDATE SET unit = excluded.unit, counter = excluded.counter,
  source = excluded.source, day = excluded.day, quarter = excluded.quarter, questionnaire = excluded.questionnaire,
  language = excluded.language, outcome = excluded.outcome, answers = excluded.answers, reasons = excluded.reasons,
  comment = excluded.comment, step = excluded.step, flags = excluded.flags, is_void = excluded.is_void
WHERE (v.unit, v.counter, v.source, v.day, v.quarter, v.questionnaire, v.language, v.outcome, v.answers, v.reasons,
    v.comment, v.step, v.flags, v.is_void)
  IS DISTINCT FROM (excluded.unit, excluded.counter, excluded.source, excluded.day, excluded.quarter,
    excluded.questionnaire, excluded.language, excluded.outcome, excluded.answers, excluded.reasons, excluded.comment,
    excluded.step, excluded.flags, excluded.is_void);

-- name: repairReturns
INSERT INTO counter_day AS c (province, unit, counter, day, returns)
SELECT $1, unit, counter, day, coalesce(e.n, 0) FROM (
  SELECT unit, counter, day, sum(n) AS n FROM entry_return WHERE province = $1 AND NOT is_void GROUP BY 1, 2, 3
) e FULL JOIN (SELECT unit, counter, day FROM counter_day WHERE province = $1) d USING (unit, counter, day)
ON CONFLICT (province, unit, counter, day) DO UPDATE SET returns = excluded.returns
WHERE c.returns <> excluded.returns;
