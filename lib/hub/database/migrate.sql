-- name: version
SELECT current_setting('server_version_num')::int AS version, current_setting('server_version') AS name;

-- name: lock
SELECT pg_advisory_lock(hashtext('nmc-migrations'));

-- name: unlock
SELECT pg_advisory_unlock(hashtext('nmc-migrations'));

-- name: missingRoles
-- A superuser may take any role; everybody else must be a member.
SELECT wanted.name
FROM unnest(ARRAY['nmc_owner', 'nmc_ingest', 'nmc_admin', 'nmc_read']) AS wanted(name)
LEFT JOIN pg_roles r ON r.rolname = wanted.name
WHERE r.oid IS NULL OR NOT pg_has_role(current_user, r.oid, 'MEMBER');

-- name: schemaExists
SELECT 1 FROM pg_namespace WHERE nspname = 'nmc';

-- name: createSchema
CREATE SCHEMA nmc AUTHORIZATION nmc_owner;

-- name: asOwner
SET LOCAL ROLE nmc_owner; SET LOCAL search_path = nmc, pg_catalog;

-- name: bookkeeping
CREATE TABLE IF NOT EXISTS nmc.migration (
  number integer PRIMARY KEY,
  name text NOT NULL,
  sha256 text NOT NULL,
  applied_at timestamptz NOT NULL DEFAULT now()
);

-- name: applied
SELECT number, sha256 FROM nmc.migration ORDER BY number;

-- name: record
INSERT INTO nmc.migration (number, name, sha256) VALUES ($1, $2, $3);
