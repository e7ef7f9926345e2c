-- name: holdDerived
SELECT pg_advisory_xact_lock(hashtext('nmc-derived'), hashtext($1));

-- name: tryJob
SELECT pg_try_advisory_xact_lock(hashtext('nmc-recompute'), hashtext($1)) AS "isMine";

-- name: units
SELECT id, parent, name, kind, agency_codes AS "agencyCodes", aliases, valid_from AS "validFrom", valid_to AS "validTo"
FROM unit WHERE province = $1;

-- name: wrongVoids
-- `is_void` is derived: it must say what the voids, pack voids and retired packs say.
SELECT e.device, e.stream, e.seq FROM entry e
WHERE e.province = $1 AND e.is_void IS DISTINCT FROM (
  EXISTS (SELECT 1 FROM void v
    WHERE v.province = $1 AND v.device = e.device AND v.target_stream = e.stream AND v.target_seq = e.seq)
  OR EXISTS (SELECT 1 FROM void_pack v WHERE v.province = $1 AND v.device = e.device AND v.pack = e.pack)
  OR EXISTS (SELECT 1 FROM retired_pack r WHERE r.province = $1 AND r.pack = e.pack))
LIMIT 100;

-- name: unlinkedEntries
-- Every dossier and document entry in effect must be found by each of its keys, and every such key must have its lock row.
SELECT e.device, e.stream, e.seq FROM entry e
CROSS JOIN LATERAL jsonb_array_elements_text((e.line::jsonb)->'body'->'keys') AS k(key)
WHERE e.province = $1 AND e.kind IN ('dossier', 'document') AND NOT e.is_void AND NOT EXISTS (
  SELECT 1 FROM sighting s JOIN subject_key x ON x.province = s.province AND x.kind = s.kind AND x.key = s.key
  WHERE s.province = $1 AND s.kind = e.kind AND s.key = k.key
    AND s.device = e.device AND s.stream = e.stream AND s.seq = e.seq)
LIMIT 100;

-- name: keyPage
SELECT key FROM subject_key WHERE province = $1 AND kind = $2 AND key > $3 ORDER BY key LIMIT 2000;

-- name: connected
WITH RECURSIVE reach(key) AS (
  SELECT k.key COLLATE "C" FROM unnest($3::text[]) AS k(key)
  UNION
  SELECT b.key FROM reach r
  JOIN sighting a ON a.province = $1 AND a.kind = $2 AND a.key = r.key AND a.is_link
  JOIN sighting b ON b.province = $1 AND b.kind = $2 AND b.is_link
    AND b.device = a.device AND b.stream = a.stream AND b.seq = a.seq
)
SELECT key FROM reach;

-- name: sightings
SELECT e.device, e.stream, e.seq, e.line, e.unit FROM (
  SELECT DISTINCT device, stream, seq FROM sighting
  WHERE province = $1 AND kind = $2 AND key = ANY ($3::text[])
) s JOIN entry e ON e.province = $1 AND e.device = s.device AND e.stream = s.stream AND e.seq = s.seq
WHERE NOT e.is_void;

-- name: dossiers
SELECT id, unit, merged, received_day AS "receivedDay", finish_day AS "finishDay", stock, due_day AS "dueDay"
FROM dossier WHERE province = $1 AND id = ANY ($2::text[]);

-- name: documents
SELECT id, unit, merged FROM document WHERE province = $1 AND id = ANY ($2::text[]);

-- name: dossierIds
SELECT id FROM dossier WHERE province = $1;

-- name: documentIds
SELECT id FROM document WHERE province = $1;

-- name: rollups
SELECT unit, day, procedure, measure, n FROM rollup WHERE province = $1 AND n <> 0;

-- name: repairVoids
UPDATE entry e SET is_void = NOT e.is_void
FROM unnest($2::text[], $3::int[], $4::bigint[]) AS v(device, stream, seq)
WHERE e.province = $1 AND e.device = v.device AND e.stream = v.stream AND e.seq = v.seq;

-- name: clearRollups
DELETE FROM rollup WHERE province = $1;

-- name: fillRollups
INSERT INTO rollup (province, unit, day, procedure, measure, n)
SELECT $1, f.unit, f.day, f.procedure, f.measure, f.n
FROM unnest($2::text[], $3::date[], $4::text[], $5::text[], $6::bigint[]) AS f(unit, day, procedure, measure, n);

-- name: raiseAlarm
INSERT INTO alarm (province, kind, subject, at, detail) VALUES ($1, 'recompute', $2, $3, $4)
ON CONFLICT (province, kind, subject) WHERE resolved_at IS NULL DO NOTHING;

-- name: clearAlarms
UPDATE alarm SET resolved_at = $2 WHERE province = $1 AND kind = 'recompute' AND resolved_at IS NULL;

-- name: census
SELECT d.id AS device, d.kind, d.unit, d.status, s.stream, s.received::text AS received,
  s.declared_head AS "declaredHead",
  (SELECT count(*) FROM entry e WHERE e.province = d.province AND e.device = d.id AND e.stream = s.stream) AS entries,
  (SELECT count(DISTINCT q.seq) FROM quarantine q
    WHERE q.province = d.province AND q.device = d.id AND q.stream = s.stream) AS quarantined
FROM device d LEFT JOIN device_stream s ON s.province = d.province AND s.device = d.id
WHERE d.province = $1 ORDER BY d.id, s.stream;

-- name: censusLines
SELECT seq, line FROM entry
WHERE province = $1 AND device = $2 AND stream = $3 AND seq > $4 ORDER BY seq LIMIT 5000;

-- name: censusAside
SELECT DISTINCT ON (seq) seq, raw FROM quarantine
WHERE province = $1 AND device = $2 AND stream = $3 AND code <> 'fork' ORDER BY seq, at, sha256;
