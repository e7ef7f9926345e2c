-- name: parentOf
SELECT parent FROM unit WHERE province = $1 AND id = $2;

-- name: addComplaint
INSERT INTO complaint (province, id, unit, about_unit, about_head, counter, way, slip, received_at, due, consent_version,
  name, phone, text)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
ON CONFLICT DO NOTHING RETURNING id;

-- name: dueOf
SELECT due FROM complaint WHERE province = $1 AND id = $2;

-- name: listComplaints
SELECT c.id, c.unit, u.name AS "unitName", c.about_unit AS "aboutUnit", a.name AS "aboutUnitName",
  c.about_head AS "aboutHead", c.counter, n.name AS "counterName", c.way, c.slip, c.received_at AS "receivedAt", c.due, c.state,
  c.answered_at AS "answeredAt", c.erased_at AS "erasedAt"
FROM complaint c
JOIN unit u ON u.province = c.province AND u.id = c.unit
LEFT JOIN unit a ON a.province = c.province AND a.id = c.about_unit
LEFT JOIN counter n ON n.province = c.province AND n.id = c.counter
WHERE c.province = $1 AND c.unit IN (SELECT descendant FROM unit_closure WHERE province = $1 AND ancestor = $2)
ORDER BY c.state IN ('answered', 'passedOn'), c.due, c.id
LIMIT 500;

-- name: visibleComplaint
SELECT id FROM complaint WHERE province = $1 AND id = $2;

-- name: personalOf
SELECT name, phone, text, answer, consent_version AS "consentVersion" FROM complaint WHERE province = $1 AND id = $2;

-- name: moveComplaint
UPDATE complaint SET state = $3, answer = coalesce($4, answer), answered_at = CASE WHEN $5::timestamptz IS NULL THEN answered_at ELSE $5 END
WHERE province = $1 AND id = $2 AND state = ANY ($6::text[]) RETURNING id;

-- name: eraseComplaint
UPDATE complaint SET name = NULL, phone = NULL, text = NULL, answer = NULL, erased_at = $3
WHERE province = $1 AND id = $2 AND erased_at IS NULL RETURNING id;

-- name: handedSlips
-- Numbers that staff noted at a kiosk when they handed a slip out, and that nobody has registered yet.
SELECT s.number, min(s.day) AS day, s.unit, u.name AS "unitName" FROM (
  SELECT e.unit, e.line::jsonb #>> '{body,detail,number}' AS number, (e.at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date AS day
  FROM entry e
  WHERE e.province = $1 AND e.kind = 'health' AND NOT e.is_void AND e.at > $3
    AND e.unit IN (SELECT descendant FROM unit_closure WHERE province = $1 AND ancestor = $2)
    AND e.line::jsonb #>> '{body,topic}' = 'slip' AND e.line::jsonb #>> '{body,state}' = 'handed'
) s
JOIN unit u ON u.province = $1 AND u.id = s.unit
WHERE s.number IS NOT NULL AND NOT EXISTS (
  SELECT 1 FROM complaint c WHERE c.province = $1 AND c.about_unit = s.unit AND c.slip = s.number)
GROUP BY s.number, s.unit, u.name ORDER BY day, s.number LIMIT 500;
