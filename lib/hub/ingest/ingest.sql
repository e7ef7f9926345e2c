-- name: shareDerived
-- Imports, repairs and retirements take the same lock exclusively: they rewrite what ingest only adds to.
SELECT pg_advisory_xact_lock_shared(hashtext('nmc-derived'), hashtext($1));

-- name: findDevice
SELECT id, kind, unit, jwk, status FROM device WHERE province = $1 AND id = $2;

-- name: lockDevice
-- All streams of one device wait for each other: a void in one may name an entry of another.
SELECT d.kind, d.unit, d.counter, d.status, p.hub, p.epoch, p.unit_version AS "unitVersion"
FROM device d JOIN province p ON p.id = d.province
WHERE d.province = $1 AND d.id = $2
FOR NO KEY UPDATE OF d;

-- name: openStream
INSERT INTO device_stream AS s (province, device, stream, heard_at)
VALUES ($1, $2, $3, $4)
ON CONFLICT (province, device, stream) DO UPDATE SET heard_at = excluded.heard_at
RETURNING s.received::text AS received, s.declared_head AS "declaredHead";

-- name: knownLines
-- One more on each side: the neighbours must join the batch's chain.
SELECT seq, line, chain FROM entry
WHERE province = $1 AND device = $2 AND stream = $3 AND seq BETWEEN $4::bigint - 1 AND $5::bigint + 1;

-- name: knownQuarantine
SELECT seq, encode(sha256, 'hex') AS sha256 FROM quarantine
WHERE province = $1 AND device = $2 AND stream = $3 AND seq BETWEEN $4 AND $5;

-- name: archiveBatch
INSERT INTO batch (province, device, stream, first, last, sha256, bytes, way, received_at)
VALUES ($1, $2, $3, $4, $5, sha256($6), $6, $7, $8)
ON CONFLICT DO NOTHING;

-- name: addQuarantine
INSERT INTO quarantine (province, device, stream, seq, sha256, code, raw, at)
SELECT $1, $2, $3, q.seq, sha256(q.raw), q.code, q.raw, $4
FROM unnest($5::bigint[], $6::text[], $7::bytea[]) AS q(seq, code, raw)
ON CONFLICT DO NOTHING;

-- name: addEntries
INSERT INTO entry (province, device, stream, seq, kind, line, chain, at, unit, counter, pack, is_void)
SELECT $1, $2, $3, n.seq, n.kind, n.line, n.chain, n.at, $4, $11, n.pack,
  EXISTS (SELECT 1 FROM void v
    WHERE v.province = $1 AND v.device = $2 AND v.target_stream = $3 AND v.target_seq = n.seq)
  OR EXISTS (SELECT 1 FROM void_pack v WHERE v.province = $1 AND v.device = $2 AND v.pack = n.pack)
  OR EXISTS (SELECT 1 FROM retired_pack r WHERE r.province = $1 AND r.pack = n.pack)
FROM unnest($5::bigint[], $6::text[], $7::text[], $8::bytea[], $9::timestamptz[], $10::text[])
  AS n(seq, kind, line, chain, at, pack)
RETURNING seq, is_void AS "isVoid";

-- name: addSightings
INSERT INTO sighting (province, kind, key, device, stream, seq, is_link)
SELECT $1, s.kind, s.key, $2, $3, s.seq, s.is_link
FROM unnest($4::text[], $5::text[], $6::bigint[], $7::boolean[]) AS s(kind, key, seq, is_link);

-- name: addVoids
INSERT INTO void (province, device, target_stream, target_seq)
SELECT $1, v.device, v.stream, v.seq FROM unnest($2::text[], $3::int[], $4::bigint[]) AS v(device, stream, seq)
ON CONFLICT DO NOTHING;

-- name: addPackVoids
INSERT INTO void_pack (province, device, pack)
SELECT $1, $2, v.pack FROM unnest($3::text[]) AS v(pack)
ON CONFLICT DO NOTHING;

-- name: applyVoids
UPDATE entry e SET is_void = true
FROM unnest($2::text[], $3::int[], $4::bigint[]) AS v(device, stream, seq)
WHERE e.province = $1 AND e.device = v.device AND e.stream = v.stream AND e.seq = v.seq AND NOT e.is_void
RETURNING e.device, e.stream, e.seq, e.kind, e.line, e.unit;

-- name: applyPackVoids
UPDATE entry e SET is_void = true
WHERE e.province = $1 AND e.device = $2 AND e.pack = ANY ($3::text[]) AND NOT e.is_void
RETURNING e.device, e.stream, e.seq, e.kind, e.line, e.unit;

-- name: addOfficialTotals
INSERT INTO official_total (province, device, stream, seq, unit, system, from_day, to_day, figures, at)
SELECT $1, $2, $3, t.seq, t.unit, t.system, t.from_day, t.to_day, t.figures, t.at
FROM unnest($4::bigint[], $5::text[], $6::text[], $7::date[], $8::date[], $9::jsonb[], $10::timestamptz[])
  AS t(seq, unit, system, from_day, to_day, figures, at);

-- name: dropOfficialTotals
DELETE FROM official_total o
USING unnest($2::text[], $3::int[], $4::bigint[]) AS v(device, stream, seq)
WHERE o.province = $1 AND o.device = v.device AND o.stream = v.stream AND o.seq = v.seq;

-- name: closeStream
UPDATE device_stream SET
  received = received + int8multirange(int8range($4, $5::bigint + 1)),
  declared_head = greatest(declared_head, $6), unsent = $7, skew = $8
WHERE province = $1 AND device = $2 AND stream = $3
RETURNING received::text AS received, declared_head AS "declaredHead";

-- name: heardDevice
UPDATE device SET heard_at = $3 WHERE province = $1 AND id = $2;

-- name: listQuarantine
SELECT seq, min(code) AS code FROM quarantine
WHERE province = $1 AND device = $2 AND stream = $3
GROUP BY seq ORDER BY seq DESC LIMIT 500;

-- name: raiseAlarm
INSERT INTO alarm (province, kind, subject, at, detail) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (province, kind, subject) WHERE resolved_at IS NULL DO NOTHING;

-- name: units
SELECT id, parent, name, kind, agency_codes AS "agencyCodes", aliases, valid_from AS "validFrom", valid_to AS "validTo"
FROM unit WHERE province = $1 ORDER BY id;
