-- name: addLinks
INSERT INTO feedback_link (province, id, hmac, kind, unit, counter, origins, quota, made_by, made_at, expires)
SELECT $1, l.id, l.hmac, $4, $5, $6, $7, $8, $9, $10, $11
FROM unnest($2::text[], $3::bytea[]) AS l (id, hmac);

-- name: counterOf
SELECT id, name FROM counter WHERE province = $1 AND unit = $2 AND id = $3 AND is_active;

-- name: listLinks
-- Codes of receipts are made by the sheet: one row for all with the same beginning.
SELECT split_part(l.id, '-', 1) AS id, l.kind, l.unit, u.name AS "unitName", l.counter, c.name AS "counterName",
  l.origins, count(*)::int AS count, sum(l.used)::int AS used, l.quota, min(l.made_at) AS "madeAt", min(l.expires) AS expires,
  CASE WHEN count(l.revoked_at) = count(*) THEN max(l.revoked_at) END AS "revokedAt"
FROM feedback_link l
JOIN unit u ON u.province = l.province AND u.id = l.unit
LEFT JOIN counter c ON c.province = l.province AND c.id = l.counter
WHERE l.province = $1 AND l.unit = ANY ($2::text[])
GROUP BY split_part(l.id, '-', 1), l.kind, l.unit, u.name, l.counter, c.name, l.origins, l.quota
ORDER BY "madeAt" DESC, 1;

-- name: linksById
SELECT l.id, l.kind, l.unit, u.name AS "unitName", l.counter, c.name AS "counterName", l.origins, l.used, l.quota, l.expires
FROM feedback_link l
JOIN unit u ON u.province = l.province AND u.id = l.unit
LEFT JOIN counter c ON c.province = l.province AND c.id = l.counter
WHERE l.province = $1 AND split_part(l.id, '-', 1) = ANY ($2::text[]) AND l.unit = ANY ($3::text[])
  AND l.revoked_at IS NULL
ORDER BY c.name NULLS FIRST, l.id;

-- name: revokeLinks
UPDATE feedback_link SET revoked_at = $4
WHERE province = $1 AND split_part(id, '-', 1) = $2 AND unit = ANY ($3::text[]) AND revoked_at IS NULL
RETURNING id;

-- name: unitsBelow
SELECT descendant FROM unit_closure WHERE province = $1 AND ancestor = $2;

-- name: readLink
SELECT l.id, l.kind, l.unit, u.name AS "unitName", l.counter, c.name AS "counterName", l.origins, l.quota, l.used,
  l.expires, l.revoked_at AS "revokedAt"
FROM feedback_link l
JOIN unit u ON u.province = l.province AND u.id = l.unit
LEFT JOIN counter c ON c.province = l.province AND c.id = l.counter
WHERE l.province = $1 AND l.hmac = $2;

-- name: lockLink
SELECT used FROM feedback_link WHERE province = $1 AND id = $2 FOR UPDATE;

-- name: useLink
UPDATE feedback_link SET used = used + 1 WHERE province = $1 AND id = $2;

-- name: counterLink
-- The code of a counter, else of its unit, that holds longest.
SELECT id FROM feedback_link
WHERE province = $1 AND unit = $2 AND kind = 'counter' AND revoked_at IS NULL AND expires > $4
  AND (counter IS NULL OR counter = $3)
ORDER BY counter NULLS LAST, expires DESC, id LIMIT 1;

-- name: hasVisit
SELECT 1 FROM visit WHERE province = $1 AND device = $2 AND stream = 1 AND seq = $3;

-- name: addVisit
INSERT INTO visit (province, device, stream, seq, unit, counter, source, day, quarter, questionnaire, language, outcome,
  answers, reasons, comment, flags)
VALUES ($1, $2, 1, $3, $4, $5, $6, $7, $8, $9, $10, 'completed', $11, $12, $13, $14);

-- name: addComment
INSERT INTO visit_comment (province, hash, salt, text, received_at) VALUES ($1, $2, $3, $4, $5);

-- name: inForce
-- The questionnaire of the nearest unit upward that names one.
WITH RECURSIVE up (id, parent, steps) AS (
  SELECT u.id, u.parent, 0 FROM unit u WHERE u.province = $1 AND u.id = $2
  UNION ALL
  SELECT u.id, u.parent, up.steps + 1 FROM unit u JOIN up ON u.id = up.parent WHERE u.province = $1 AND up.steps < 20
)
SELECT q.body FROM up
JOIN kiosk_setting s ON s.province = $1 AND s.unit = up.id AND s.questionnaire IS NOT NULL
JOIN questionnaire q ON q.province = s.province AND q.id = s.questionnaire AND q.version = s.questionnaire_version
ORDER BY up.steps LIMIT 1;

-- name: questionnaireByRef
SELECT body FROM questionnaire WHERE province = $1 AND id = $2 AND version = $3;

-- name: rulesUp
-- What units upward say of the flags, the farthest first.
WITH RECURSIVE up (id, parent, steps) AS (
  SELECT u.id, u.parent, 0 FROM unit u WHERE u.province = $1 AND u.id = $2
  UNION ALL
  SELECT u.id, u.parent, up.steps + 1 FROM unit u JOIN up ON u.id = up.parent WHERE u.province = $1 AND up.steps < 20
)
SELECT s.rules FROM up JOIN kiosk_setting s ON s.province = $1 AND s.unit = up.id ORDER BY up.steps DESC;
