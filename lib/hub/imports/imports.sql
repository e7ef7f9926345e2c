-- name: holdDerived
SELECT pg_advisory_xact_lock(hashtext('nmc-derived'), hashtext($1));

-- name: units
SELECT id, parent, name, kind, agency_codes AS "agencyCodes", aliases, valid_from AS "validFrom", valid_to AS "validTo",
  is_placeholder AS "isPlaceholder"
FROM unit WHERE province = $1 ORDER BY id;

-- name: renamePlaceholder
UPDATE unit SET id = $3 WHERE province = $1 AND id = $2 AND is_placeholder;

-- name: moveEntries
UPDATE entry SET unit = $3 WHERE province = $1 AND unit = $2;

-- name: moveDocuments
UPDATE document SET unit = $3 WHERE province = $1 AND unit = $2;

-- name: moveVisits
UPDATE visit SET unit = $3 WHERE province = $1 AND unit = $2;

-- name: moveCounterDays
UPDATE counter_day SET unit = $3 WHERE province = $1 AND unit = $2;

-- name: moveReleases
UPDATE release SET unit = $3 WHERE province = $1 AND unit = $2;

-- name: moveSpans
UPDATE counter_span SET unit = $3 WHERE province = $1 AND unit = $2;

-- name: moveTotals
UPDATE official_total SET unit = $3 WHERE province = $1 AND unit = $2;

-- name: putUnits
INSERT INTO unit (province, id, parent, name, kind, agency_codes, aliases, valid_from, valid_to)
SELECT $1, u->>'id', u->>'parent', u->>'name', u->>'kind',
  ARRAY(SELECT jsonb_array_elements_text(u->'agencyCodes')), ARRAY(SELECT jsonb_array_elements_text(u->'aliases')),
  (u->>'validFrom')::date, (u->>'validTo')::date
FROM jsonb_array_elements($2::jsonb) AS u
ON CONFLICT (province, id) DO UPDATE SET parent = excluded.parent, name = excluded.name, kind = excluded.kind,
  agency_codes = excluded.agency_codes, aliases = excluded.aliases, valid_from = excluded.valid_from,
  valid_to = excluded.valid_to, is_placeholder = false;

-- name: clearClosure
DELETE FROM unit_closure WHERE province = $1;

-- name: fillClosure
WITH RECURSIVE path(ancestor, descendant) AS (
  SELECT id, id FROM unit WHERE province = $1
  UNION ALL
  SELECT p.ancestor, u.id FROM path p JOIN unit u ON u.province = $1 AND u.parent = p.descendant
)
INSERT INTO unit_closure (province, ancestor, descendant) SELECT $1, ancestor, descendant FROM path;

-- name: raiseUnitVersion
UPDATE province SET unit_version = unit_version + 1 WHERE id = $1;

-- name: dossierPage
SELECT id, unit, merged FROM dossier WHERE province = $1 AND id > $2 ORDER BY id LIMIT 2000;

-- name: catalogue
SELECT code, valid_from AS "validFrom" FROM procedure_catalogue WHERE province = $1;

-- name: replaceProcedures
-- A file that names a procedure gives all its validity spans: older spans of the same code go.
DELETE FROM procedure_catalogue WHERE province = $1 AND code = ANY ($2::text[]);

-- name: putProcedures
INSERT INTO procedure_catalogue (province, code, name, sector, online, has_fee, returns_result, limit_days,
  valid_from, valid_to)
SELECT $1, p->>'code', p->>'name', p->>'sector', p->>'online', (p->>'hasFee')::boolean,
  (p->>'returnsResult')::boolean, (p->>'limitDays')::numeric, (p->>'validFrom')::date, (p->>'validTo')::date
FROM jsonb_array_elements($2::jsonb) AS p;

-- name: tenants
SELECT id, origins FROM tenant WHERE province = $1 ORDER BY id;

-- name: putTenants
-- Only the status may be left out: it stays as it was, and a new tenant is unverified.
INSERT INTO tenant (province, id, name, family, origins, families, agency, status)
SELECT $1, t->>'id', t->>'name', t->>'family', ARRAY(SELECT jsonb_array_elements_text(t->'origins')),
  ARRAY(SELECT jsonb_array_elements_text(t->'families')), t->>'agency',
  coalesce(t->>'status', (SELECT k.status FROM tenant k WHERE k.province = $1 AND k.id = t->>'id'), 'unverified')
FROM jsonb_array_elements($2::jsonb) AS t
ON CONFLICT (province, id) DO UPDATE SET name = excluded.name, family = excluded.family, origins = excluded.origins,
  families = excluded.families, agency = excluded.agency, status = excluded.status;

-- name: raiseConfigVersion
UPDATE province SET config_version = config_version + 1, config_issued = $2 WHERE id = $1;
