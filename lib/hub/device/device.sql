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
SELECT config_version AS version, config_issued AS issued FROM province WHERE id = $1;

-- name: tenants
SELECT id, name, family, origins FROM tenant WHERE province = $1 ORDER BY id;

-- name: retiredPacks
SELECT pack FROM retired_pack WHERE province = $1 ORDER BY pack;
