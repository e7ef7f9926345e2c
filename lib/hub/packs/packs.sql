-- name: lockFamily
-- Two proposals of one family wait for each other: the version must be higher than all before it.
SELECT pg_advisory_xact_lock(hashtext('nmc-pack'), hashtext($1 || '/' || $2));

-- name: versions
SELECT version, stage, sha256, (signature IS NOT NULL) AS "isSigned" FROM pack WHERE province = $1 AND id = $2;

-- name: addPack
INSERT INTO pack (province, id, version, name, body, sha256, fixtures, results, note, proposed_by, proposed_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11);

-- name: openProposals
SELECT count(*)::int AS n FROM pack WHERE province = $1 AND proposed_by = $2 AND stage = 'proposed';

-- name: list
SELECT p.id, p.version, p.name, p.stage, p.note, p.sha256, p.trial_units AS units, p.trial_percent AS percent,
  p.body->>'status' AS status, p.proposed_at AS "proposedAt", d.name AS "deviceName", u.name AS "unitName",
  p.signed_by AS "signedBy", s.name AS "signedName", p.signed_at AS "signedAt", p.results
FROM pack p
JOIN device d ON d.province = p.province AND d.id = p.proposed_by
JOIN unit u ON u.province = d.province AND u.id = d.unit
LEFT JOIN person s ON s.province = p.province AND s.id = p.signed_by
WHERE p.province = $1 ORDER BY p.proposed_at DESC, p.id, p.version LIMIT 500;

-- name: read
SELECT p.id, p.version, p.name, p.body, p.sha256, p.stage, p.trial_units AS units, p.trial_percent AS percent,
  p.signature, p.fixtures, p.results, p.note
FROM pack p WHERE p.province = $1 AND p.id = $2 AND p.version = $3;

-- name: lockPack
SELECT id, version, body, sha256, stage, trial_units AS units, trial_percent AS percent, signature
FROM pack WHERE province = $1 AND id = $2 AND version = $3 FOR UPDATE;

-- name: signPack
UPDATE pack SET signature = $4, signed_by = $5, signed_at = $6 WHERE province = $1 AND id = $2 AND version = $3;

-- name: stagePack
UPDATE pack SET stage = $4, trial_units = $5, trial_percent = $6 WHERE province = $1 AND id = $2 AND version = $3;

-- name: unknownUnits
SELECT given.id FROM unnest($2::text[]) AS given(id)
WHERE NOT EXISTS (SELECT 1 FROM unit u WHERE u.province = $1 AND u.id = given.id);

-- name: delivered
SELECT id, version, body, sha256, stage, trial_units AS units, trial_percent AS percent, signature
FROM pack p WHERE province = $1 AND stage IN ('trial', 'everywhere') AND signature IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM retired_pack r WHERE r.province = p.province AND r.pack = p.id || '@' || p.version)
ORDER BY id, version;

-- name: retired
SELECT pack FROM retired_pack WHERE province = $1;

-- name: history
SELECT a.at, a.actor, coalesce(p.name, d.name) AS name, a.action, a.detail
FROM audit a
LEFT JOIN person p ON p.province = a.province AND p.id = a.actor
LEFT JOIN device d ON d.province = a.province AND d.id = a.actor
WHERE a.province = $1 AND a.object = $2 AND (a.action LIKE 'pack:%' OR a.action = 'retirePack')
ORDER BY a.id LIMIT 200;

-- name: entriesOf
-- What retiring would void: entries read with this pack version that are in effect.
SELECT kind, count(*)::int AS n FROM entry WHERE province = $1 AND pack = $2 AND NOT is_void GROUP BY kind;

-- name: holdDerived
SELECT pg_advisory_xact_lock(hashtext('nmc-derived'), hashtext($1));

-- name: retirePack
INSERT INTO retired_pack (province, pack, at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING RETURNING pack;

-- name: voidRetired
UPDATE entry SET is_void = true WHERE province = $1 AND pack = $2 AND NOT is_void
RETURNING device, stream, seq, line, unit;

-- name: dropTotals
DELETE FROM official_total o USING unnest($2::text[], $3::int[], $4::bigint[]) AS v(device, stream, seq)
WHERE o.province = $1 AND o.device = v.device AND o.stream = v.stream AND o.seq = v.seq;

-- name: units
SELECT id, parent, name, kind, agency_codes AS "agencyCodes", aliases, valid_from AS "validFrom", valid_to AS "validTo"
FROM unit WHERE province = $1 ORDER BY id;

-- name: raiseConfigVersion
UPDATE province SET config_version = config_version + 1, config_issued = $2 WHERE id = $1;

-- name: keepHealth
INSERT INTO pack_health AS h (province, device, stream, system, pack, page, version, state, since, at, seq, unread)
SELECT $1, $2, $3, n.system, n.pack, n.page, n.version, n.state, n.since, n.at, n.seq, n.unread
FROM unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::timestamptz[], $10::timestamptz[],
  $11::bigint[], $12::bigint[]) AS n(system, pack, page, version, state, since, at, seq, unread)
ON CONFLICT (province, device, system, pack, page) DO UPDATE SET
  version = excluded.version, state = excluded.state, at = excluded.at, stream = excluded.stream, seq = excluded.seq,
  unread = excluded.unread,
  since = CASE WHEN h.state = excluded.state AND h.version = excluded.version THEN h.since ELSE excluded.since END
WHERE (excluded.at, excluded.stream, excluded.seq) > (h.at, h.stream, h.seq);

-- name: healthCounts
SELECT h.system, t.name AS "systemName", h.pack, h.page, h.version, h.state, count(*)::int AS devices,
  min(h.since) AS since, max(h.at) AS "lastAt", sum(h.unread)::int AS unread
FROM pack_health h
JOIN device d ON d.province = h.province AND d.id = h.device AND d.status = 'active'
LEFT JOIN tenant t ON t.province = h.province AND t.id = h.system
WHERE h.province = $1 AND h.at > $3
  AND d.unit IN (SELECT descendant FROM unit_closure WHERE province = $1 AND ancestor = $2)
GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 3, 4, 5, 6;

-- name: healthByPack
-- Each device once per version: the place of its worst state in the order given ($4).
SELECT w.pack, w.version, w.worst, count(*)::int AS devices FROM (
  SELECT h.device, h.pack, h.version, min(array_position($4::text[], h.state)) AS worst
  FROM pack_health h
  JOIN device d ON d.province = h.province AND d.id = h.device AND d.status = 'active'
  WHERE h.province = $1 AND h.at > $3
    AND d.unit IN (SELECT descendant FROM unit_closure WHERE province = $1 AND ancestor = $2)
  GROUP BY 1, 2, 3
) w GROUP BY 1, 2, 3;

-- name: healthTroubles
SELECT h.system, h.pack, h.page, h.version, h.state, h.since, h.unread, d.id AS device, d.name, u.name AS unit
FROM pack_health h
JOIN device d ON d.province = h.province AND d.id = h.device AND d.status = 'active'
JOIN unit u ON u.province = d.province AND u.id = d.unit
WHERE h.province = $1 AND h.at > $3 AND h.state IN ('broken', 'degraded')
  AND d.unit IN (SELECT descendant FROM unit_closure WHERE province = $1 AND ancestor = $2)
ORDER BY h.state, h.since, d.name, d.id LIMIT 300;
