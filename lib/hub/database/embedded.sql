-- name: hasRole
SELECT 1 FROM pg_roles WHERE rolname = 'nmc_hub';

-- name: createLogin
-- NOINHERIT: the hub has no rights but those of the role each transaction takes.
CREATE ROLE nmc_hub LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS NOINHERIT;

-- name: grantRoles
GRANT nmc_owner, nmc_ingest, nmc_admin, nmc_read TO nmc_hub;

-- name: hasDatabase
SELECT 1 FROM pg_database WHERE datname = $1;
