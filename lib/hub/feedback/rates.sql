-- name: unit
SELECT id, name FROM unit WHERE province = $1 AND id = $2;

-- name: below
SELECT descendant FROM unit_closure WHERE province = $1 AND ancestor = $2;

-- name: state
SELECT ratings_through AS "closedThrough", nmc.ratings_waiting($2::text[]) AS waiting FROM province WHERE id = $1;

-- name: cells
SELECT r.unit, u.name AS "unitName", r.counter, c.name AS "counterName", r.questionnaire, r.source,
  r.is_flagged AS "isFlagged", count(*) AS groups, sum(r.n) AS n, min(r.first_day) AS "firstDay",
  max(r.last_day) AS "lastDay"
FROM release r JOIN unit u ON u.province = r.province AND u.id = r.unit
LEFT JOIN counter c ON c.province = r.province AND c.id = r.counter AND c.unit = r.unit
WHERE r.province = $1 AND r.unit = ANY ($2::text[]) AND r.last_day BETWEEN $3 AND $4
GROUP BY 1, 2, 3, 4, 5, 6, 7 ORDER BY u.name, r.unit, c.name NULLS LAST, r.counter, r.questionnaire, r.source, 7;

-- name: levels
SELECT r.unit, r.counter, r.questionnaire, r.source, r.is_flagged AS "isFlagged", q.key AS question, l.level,
  sum(l.n::bigint) AS n
FROM release r CROSS JOIN LATERAL jsonb_each(r.levels) AS q
CROSS JOIN LATERAL jsonb_array_elements_text(q.value) WITH ORDINALITY AS l(n, level)
WHERE r.province = $1 AND r.unit = ANY ($2::text[]) AND r.last_day BETWEEN $3 AND $4
GROUP BY 1, 2, 3, 4, 5, 6, 7;

-- name: reasons
SELECT r.unit, r.counter, r.questionnaire, r.source, r.is_flagged AS "isFlagged", w.key AS reason,
  sum(w.value::bigint) AS n
FROM release r CROSS JOIN LATERAL jsonb_each_text(r.reasons) AS w
WHERE r.province = $1 AND r.unit = ANY ($2::text[]) AND r.last_day BETWEEN $3 AND $4
GROUP BY 1, 2, 3, 4, 5, 6;

-- name: groups
SELECT r.id, r.unit, u.name AS "unitName", r.counter, c.name AS "counterName", r.questionnaire, r.source,
  r.is_flagged AS "isFlagged", r.n, r.first_day AS "firstDay", r.last_day AS "lastDay", r.released_on AS "releasedOn", r.flags
FROM release r JOIN unit u ON u.province = r.province AND u.id = r.unit
LEFT JOIN counter c ON c.province = r.province AND c.id = r.counter AND c.unit = r.unit
WHERE r.province = $1 AND r.unit = ANY ($2::text[]) AND r.last_day BETWEEN $3 AND $4
ORDER BY r.last_day DESC, r.id DESC LIMIT $5;

-- name: rates
SELECT s.unit, u.name AS "unitName", s.counter, c.name AS "counterName", count(*) AS spans,
  min(s.first_day) AS "firstDay", max(s.last_day) AS "lastDay",
  coalesce(sum(s.ratings) FILTER (WHERE s.returns > 0), 0) AS numerator,
  sum(s.returns) FILTER (WHERE s.returns > 0) AS denominator,
  sum(s.ratings) AS ratings, sum(s.flagged) AS flagged, sum(s.abandoned) AS abandoned, sum(s.phone) AS phone
FROM counter_span s JOIN unit u ON u.province = s.province AND u.id = s.unit
LEFT JOIN counter c ON c.province = s.province AND c.id = s.counter AND c.unit = s.unit
WHERE s.province = $1 AND s.unit = ANY ($2::text[]) AND s.last_day BETWEEN $3 AND $4
GROUP BY 1, 2, 3, 4 ORDER BY u.name, s.unit, c.name NULLS LAST, s.counter;

-- name: spans
SELECT s.unit, u.name AS "unitName", s.counter, c.name AS "counterName", s.first_day AS "firstDay",
  s.last_day AS "lastDay", nullif(s.returns, 0) AS returns, s.ratings, s.flagged, s.abandoned, s.phone
FROM counter_span s JOIN unit u ON u.province = s.province AND u.id = s.unit
LEFT JOIN counter c ON c.province = s.province AND c.id = s.counter AND c.unit = s.unit
WHERE s.province = $1 AND s.unit = ANY ($2::text[]) AND s.last_day BETWEEN $3 AND $4
ORDER BY s.last_day DESC, s.id DESC LIMIT $5;

-- name: comments
SELECT x.comment AS hash, m.text, m.erased_at IS NOT NULL AS "isErased", r.unit, u.name AS "unitName", r.counter,
  c.name AS "counterName", r.questionnaire, r.source, r.is_flagged AS "isFlagged", r.first_day AS "firstDay",
  r.last_day AS "lastDay", x.answers, x.reasons
FROM release r JOIN unit u ON u.province = r.province AND u.id = r.unit
JOIN released_answer x ON x.province = r.province AND x.release = r.id AND x.comment IS NOT NULL
LEFT JOIN counter c ON c.province = r.province AND c.id = r.counter AND c.unit = r.unit
LEFT JOIN visit_comment m ON m.province = x.province AND m.hash = x.comment
WHERE r.province = $1 AND r.unit = ANY ($2::text[]) AND r.last_day BETWEEN $3 AND $4
ORDER BY r.last_day DESC, r.id DESC, x.place LIMIT $5;

-- name: questionnaires
SELECT body FROM questionnaire WHERE province = $1 AND id || '@' || version = ANY ($2::text[]);
