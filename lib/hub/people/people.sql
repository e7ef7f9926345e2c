-- name: addPerson
INSERT INTO person (province, id, name, role, unit, password) VALUES ($1, $2, $3, $4, $5, $6);

-- name: personByName
SELECT id, password FROM person WHERE province = $1 AND lower(name) = lower($2) AND is_active;

-- name: passwordOf
SELECT password FROM person WHERE province = $1 AND id = $2 AND is_active;

-- name: addSession
INSERT INTO session (province, hash, person, created_at, seen_at) VALUES ($1, $2, $3, $4, $4);

-- name: sessionUser
SELECT p.id, p.name, p.role, u.id AS "unitId", u.name AS "unitName", u.parent IS NULL AS "isRoot",
  s.created_at AS "createdAt", s.seen_at AS "seenAt"
FROM session s
JOIN person p ON p.province = s.province AND p.id = s.person AND p.is_active
JOIN unit u ON u.province = p.province AND u.id = p.unit
WHERE s.province = $1 AND s.hash = $2;

-- name: touchSession
UPDATE session SET seen_at = $3 WHERE province = $1 AND hash = $2;

-- name: endSession
DELETE FROM session WHERE province = $1 AND hash = $2;

-- name: endOldSessions
DELETE FROM session WHERE province = $1 AND (seen_at < $2 OR created_at < $3);

-- name: tokenUser
SELECT t.id, t.name, u.id AS "unitId", u.name AS "unitName", u.parent IS NULL AS "isRoot"
FROM read_token t JOIN unit u ON u.province = t.province AND u.id = t.unit
WHERE t.province = $1 AND t.hmac = $2 AND t.revoked_at IS NULL AND (t.expires IS NULL OR t.expires > $3);

-- name: addToken
INSERT INTO read_token (province, id, hmac, name, unit, created_at, expires) VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: audit
INSERT INTO audit (province, actor, action, object, detail) VALUES ($1, $2, $3, $4, $5);

-- name: rootUnit
SELECT id, name FROM unit WHERE province = $1 AND parent IS NULL ORDER BY id LIMIT 1;

-- name: unitExists
SELECT 1 FROM unit WHERE province = $1 AND id = $2;
