-- name: addCode
INSERT INTO activation_code (province, id, hmac, unit, kind, name, created_at, created_by, expires)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: listCodes
SELECT id, unit, kind, name, expires, used_at AS "usedAt" FROM activation_code
WHERE province = $1 AND unit IN (SELECT descendant FROM unit_closure WHERE province = $1 AND ancestor = $2)
ORDER BY created_at DESC, id LIMIT 500;

-- name: lockCode
SELECT c.id, c.unit, u.name AS "unitName", c.kind, c.name, c.expires, c.tries, c.used_at AS "usedAt",
  d.id AS device, d.jwk, d.status, p.epoch
FROM activation_code c
JOIN unit u ON u.province = c.province AND u.id = c.unit
JOIN province p ON p.id = c.province
LEFT JOIN device d ON d.province = c.province AND d.id = c.device
WHERE c.province = $1 AND c.hmac = $2
FOR UPDATE OF c;

-- name: lockCodeFor
-- The code, and whether its unit is $3 or stands above it.
SELECT c.id, c.unit, c.kind, c.expires, c.tries, c.used_at AS "usedAt",
  EXISTS (SELECT FROM unit_closure k WHERE k.province = c.province AND k.ancestor = c.unit AND k.descendant = $3) AS "isAbove"
FROM activation_code c
WHERE c.province = $1 AND c.hmac = $2
FOR UPDATE OF c;

-- name: countTry
UPDATE activation_code SET tries = tries + 1 WHERE province = $1 AND id = $2;

-- name: useCode
UPDATE activation_code SET used_at = $3, device = $4 WHERE province = $1 AND id = $2;

-- name: addDevice
INSERT INTO device (province, id, kind, name, unit, jwk, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7);

-- name: revokeDevice
UPDATE device SET status = 'revoked', revoked_at = $3 WHERE province = $1 AND id = $2 AND status = 'active';

-- name: visibleDevice
SELECT status FROM device WHERE province = $1 AND id = $2;

-- name: visibleUnit
SELECT id, name, parent FROM unit WHERE province = $1 AND id = $2;

-- name: listDevices
SELECT d.id, d.kind, d.name, d.status, d.heard_at AS "heardAt", u.id AS "unitId", u.name AS "unitName",
  coalesce((SELECT jsonb_agg(jsonb_build_object('stream', s.stream, 'received', s.received::text,
      'declaredHead', s.declared_head, 'quarantined', nmc.quarantined(s.province, s.device, s.stream)) ORDER BY s.stream)
    FROM device_stream s WHERE s.province = d.province AND s.device = d.id), '[]') AS streams,
  coalesce((SELECT jsonb_agg(a.kind ORDER BY a.kind)
    FROM alarm a WHERE a.province = d.province AND a.subject = d.id AND a.resolved_at IS NULL), '[]') AS alarms
FROM device d JOIN unit u ON u.province = d.province AND u.id = d.unit
WHERE d.province = $1 AND d.unit IN (SELECT descendant FROM unit_closure WHERE province = $1 AND ancestor = $2)
ORDER BY d.name, d.id;

-- name: config
-- With what decides on the device's packs: its kind, and its unit with all units above.
SELECT p.config_version AS version, p.config_issued AS issued, d.kind, d.unit, d.counter,
  ARRAY(SELECT c.ancestor FROM unit_closure c WHERE c.province = $1 AND c.descendant = d.unit) AS units
FROM province p JOIN device d ON d.province = p.id AND d.id = $2 WHERE p.id = $1;

-- name: tenants
SELECT id, name, family, families, origins, agency, status FROM tenant WHERE province = $1 ORDER BY id;

-- name: retiredPacks
SELECT pack FROM retired_pack WHERE province = $1 ORDER BY pack;

-- name: subjectsOf
SELECT key, subject FROM subject_key
WHERE province = $1 AND kind = 'dossier' AND key = ANY ($2::text[]) AND subject IS NOT NULL ORDER BY key;

-- name: dossiersById
SELECT d.id, u.name AS "unitName", d.merged FROM dossier d
JOIN unit u ON u.province = d.province AND u.id = d.unit
WHERE d.province = $1 AND d.id = ANY ($2::text[]);

-- name: addPolicyToken
INSERT INTO policy_token (province, id, hmac, unit, name, quota, created_at, created_by, expires)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9);

-- name: lockPolicyToken
SELECT t.id, t.unit, u.name AS "unitName", t.name, t.quota, t.used, t.expires, t.revoked_at AS "revokedAt", p.epoch
FROM policy_token t
JOIN unit u ON u.province = t.province AND u.id = t.unit
JOIN province p ON p.id = t.province
WHERE t.province = $1 AND t.hmac = $2
FOR UPDATE OF t;

-- name: sameDevice
SELECT id FROM device
WHERE province = $1 AND policy_token = $2 AND status = 'active' AND jwk->>'x' = $3 AND jwk->>'y' = $4;

-- name: usePolicyToken
UPDATE policy_token SET used = used + 1 WHERE province = $1 AND id = $2;

-- name: addPolicyDevice
INSERT INTO device (province, id, kind, name, unit, jwk, created_at, policy_token)
VALUES ($1, $2, 'extension', $3, $4, $5, $6, $7);

-- name: listPolicyTokens
SELECT t.id, t.unit, u.name AS "unitName", t.name, t.quota, t.used, t.created_at AS "createdAt", t.expires,
  t.revoked_at AS "revokedAt"
FROM policy_token t JOIN unit u ON u.province = t.province AND u.id = t.unit
WHERE t.province = $1 ORDER BY t.created_at, t.id;

-- name: revokePolicyToken
UPDATE policy_token SET revoked_at = $3 WHERE province = $1 AND id = $2 AND revoked_at IS NULL RETURNING id;
