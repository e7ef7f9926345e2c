-- Packs on their way to the devices, how they fare there, and enrolment by policy.

-- A pack as a device proposed it. `json`, not `jsonb`: the text is hashed and counter-signed, order of keys included.
CREATE TABLE pack (
  province text COLLATE "C" NOT NULL REFERENCES province,
  id text COLLATE "C" NOT NULL,
  version text COLLATE "C" NOT NULL,
  name text NOT NULL,
  body json NOT NULL,
  -- SHA-256 of the body's text, hex.
  sha256 text COLLATE "C" NOT NULL,
  -- Sanitised pages (structure and labels, no values) and what the workshop made of them.
  fixtures json NOT NULL,
  results json NOT NULL,
  note text NOT NULL,
  proposed_by text COLLATE "C" NOT NULL,
  proposed_at timestamptz NOT NULL,
  stage text NOT NULL DEFAULT 'proposed' CHECK (stage IN ('proposed', 'trial', 'everywhere', 'refused', 'retired')),
  -- On trial: the devices of these units and below, and this share of all others.
  trial_units text[] NOT NULL DEFAULT '{}',
  trial_percent integer NOT NULL DEFAULT 0 CHECK (trial_percent BETWEEN 0 AND 100),
  -- The province's counter-signature: a compact JWS by the configuration key over reference and hash.
  signature text,
  signed_by text COLLATE "C",
  signed_at timestamptz,
  PRIMARY KEY (province, id, version),
  FOREIGN KEY (province, proposed_by) REFERENCES device (province, id),
  CHECK ((signature IS NULL) = (signed_by IS NULL) AND (signature IS NULL) = (signed_at IS NULL)),
  -- Whatever the code forgets: what nobody signed never reaches a device.
  CHECK (stage NOT IN ('trial', 'everywhere') OR signature IS NOT NULL)
);

-- The latest word of each device on each page type; `version` is the pack it read with.
CREATE TABLE pack_health (
  province text COLLATE "C" NOT NULL,
  device text COLLATE "C" NOT NULL,
  system text COLLATE "C" NOT NULL,
  pack text COLLATE "C" NOT NULL,
  page text COLLATE "C" NOT NULL,
  version text COLLATE "C" NOT NULL,
  state text NOT NULL CHECK (state IN ('ok', 'degraded', 'broken', 'unverified')),
  -- Since when it says so, and when it said so last (corrected instants).
  since timestamptz NOT NULL,
  at timestamptz NOT NULL,
  stream integer NOT NULL,
  seq bigint NOT NULL,
  -- Rows it could not read when it said so.
  unread bigint NOT NULL,
  PRIMARY KEY (province, device, system, pack, page),
  FOREIGN KEY (province, device) REFERENCES device (province, id)
) WITH (fillfactor = 70);

-- One token activates as many browsers of one unit as its quota allows, until it expires.
CREATE TABLE policy_token (
  province text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  -- HMAC of the token; the token itself is shown once and kept nowhere.
  hmac bytea NOT NULL,
  unit text COLLATE "C" NOT NULL,
  name text NOT NULL,
  quota integer NOT NULL CHECK (quota > 0),
  used integer NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL,
  created_by text COLLATE "C" NOT NULL,
  expires timestamptz NOT NULL,
  revoked_at timestamptz,
  PRIMARY KEY (province, id),
  UNIQUE (province, hmac),
  FOREIGN KEY (province, unit) REFERENCES unit (province, id) ON UPDATE CASCADE,
  CHECK (used BETWEEN 0 AND quota)
);
ALTER TABLE device ADD COLUMN policy_token text COLLATE "C";
CREATE INDEX device_policy_token ON device (province, policy_token) WHERE policy_token IS NOT NULL;

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['pack', 'pack_health', 'policy_token'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY by_province ON %I TO nmc_ingest, nmc_admin, nmc_owner
      USING (province = (SELECT nmc.current_province())) WITH CHECK (province = (SELECT nmc.current_province()))', name);
  END LOOP;
END $$;
CREATE POLICY read_scope ON pack_health FOR SELECT TO nmc_read USING (EXISTS (
  SELECT 1 FROM device d WHERE d.province = pack_health.province AND d.id = pack_health.device));
CREATE POLICY read_all ON tenant FOR SELECT TO nmc_read USING (province = (SELECT current_province()));

GRANT SELECT, INSERT ON pack TO nmc_ingest;
GRANT SELECT ON pack TO nmc_admin;
GRANT UPDATE (stage, trial_units, trial_percent, signature, signed_by, signed_at) ON pack TO nmc_admin;
GRANT SELECT, INSERT, UPDATE ON pack_health TO nmc_ingest;
GRANT SELECT ON pack_health, tenant TO nmc_read;
GRANT SELECT ON policy_token TO nmc_ingest;
GRANT UPDATE (used) ON policy_token TO nmc_ingest;
GRANT SELECT, INSERT ON policy_token TO nmc_admin;
GRANT UPDATE (revoked_at) ON policy_token TO nmc_admin;
