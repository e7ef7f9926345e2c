-- The unit tree, the catalogue, people and what they may do. `province` leads every key (DESIGN §7).
-- Ids and keys are COLLATE "C": the same order in SQL and in TypeScript, whatever locale the server has.

CREATE TABLE province (
  id text COLLATE "C" PRIMARY KEY,
  -- Identity of this hub and the epoch a restore raises.
  hub text COLLATE "C" NOT NULL,
  epoch integer NOT NULL DEFAULT 1,
  config_version integer NOT NULL DEFAULT 1,
  config_issued timestamptz NOT NULL DEFAULT now(),
  unit_version integer NOT NULL DEFAULT 1,
  created_at timestamptz NOT NULL DEFAULT now()
);

-- Signing keys and province keys, wrapped by the master secret (AES-256-GCM).
CREATE TABLE secret (
  province text COLLATE "C" NOT NULL REFERENCES province,
  name text COLLATE "C" NOT NULL,
  wrapped bytea NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (province, name)
);

CREATE TABLE unit (
  province text COLLATE "C" NOT NULL REFERENCES province,
  id text COLLATE "C" NOT NULL,
  parent text COLLATE "C",
  name text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('province', 'agency', 'commune', 'centre', 'other')),
  agency_codes text[] NOT NULL DEFAULT '{}',
  aliases text[] NOT NULL DEFAULT '{}',
  valid_from date,
  valid_to date,
  -- Made by the hub itself so that a first administrator has a place; goes away with the first import.
  is_placeholder boolean NOT NULL DEFAULT false,
  PRIMARY KEY (province, id),
  FOREIGN KEY (province, parent) REFERENCES unit (province, id) DEFERRABLE INITIALLY DEFERRED
);

-- Every unit with each of its ancestors and itself; the portable form of "subtree" (sync §2.6).
CREATE TABLE unit_closure (
  province text COLLATE "C" NOT NULL,
  ancestor text COLLATE "C" NOT NULL,
  descendant text COLLATE "C" NOT NULL,
  PRIMARY KEY (province, ancestor, descendant)
);

CREATE TABLE procedure_catalogue (
  province text COLLATE "C" NOT NULL REFERENCES province,
  code text COLLATE "C" NOT NULL,
  name text NOT NULL,
  sector text NOT NULL,
  online text NOT NULL CHECK (online IN ('full', 'partial', 'none')),
  has_fee boolean NOT NULL,
  returns_result boolean NOT NULL,
  limit_days integer,
  valid_from date,
  valid_to date,
  UNIQUE NULLS NOT DISTINCT (province, code, valid_from)
);

CREATE TABLE tenant (
  province text COLLATE "C" NOT NULL REFERENCES province,
  id text COLLATE "C" NOT NULL,
  name text NOT NULL,
  family text NOT NULL,
  origins text[] NOT NULL,
  PRIMARY KEY (province, id)
);

CREATE TABLE person (
  province text COLLATE "C" NOT NULL REFERENCES province,
  id text COLLATE "C" NOT NULL,
  name text NOT NULL,
  role text NOT NULL CHECK (role IN ('official', 'supervisor', 'unitAdmin', 'provinceAdmin', 'auditor')),
  unit text COLLATE "C" NOT NULL,
  password text NOT NULL,
  is_active boolean NOT NULL DEFAULT true,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (province, id),
  FOREIGN KEY (province, unit) REFERENCES unit (province, id) ON UPDATE CASCADE
);
CREATE UNIQUE INDEX person_name ON person (province, lower(name));

CREATE TABLE session (
  province text COLLATE "C" NOT NULL,
  -- SHA-256 of the opaque id in the cookie.
  hash bytea NOT NULL,
  person text COLLATE "C" NOT NULL,
  created_at timestamptz NOT NULL,
  seen_at timestamptz NOT NULL,
  PRIMARY KEY (province, hash),
  FOREIGN KEY (province, person) REFERENCES person (province, id) ON DELETE CASCADE
);

CREATE TABLE activation_code (
  province text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  -- HMAC of the code; the code itself is shown once and kept nowhere.
  hmac bytea NOT NULL,
  unit text COLLATE "C" NOT NULL,
  kind text NOT NULL CHECK (kind IN ('extension', 'kiosk')),
  name text NOT NULL,
  created_at timestamptz NOT NULL,
  created_by text COLLATE "C" NOT NULL,
  expires timestamptz NOT NULL,
  tries integer NOT NULL DEFAULT 0,
  used_at timestamptz,
  device text COLLATE "C",
  PRIMARY KEY (province, id),
  UNIQUE (province, hmac),
  FOREIGN KEY (province, unit) REFERENCES unit (province, id) ON UPDATE CASCADE
);

CREATE TABLE read_token (
  province text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  hmac bytea NOT NULL,
  name text NOT NULL,
  unit text COLLATE "C" NOT NULL,
  created_at timestamptz NOT NULL,
  expires timestamptz,
  revoked_at timestamptz,
  PRIMARY KEY (province, id),
  UNIQUE (province, hmac),
  FOREIGN KEY (province, unit) REFERENCES unit (province, id) ON UPDATE CASCADE
);

CREATE TABLE audit (
  province text COLLATE "C" NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY,
  at timestamptz NOT NULL DEFAULT now(),
  actor text COLLATE "C" NOT NULL,
  action text NOT NULL,
  object text NOT NULL,
  detail jsonb NOT NULL DEFAULT '{}',
  PRIMARY KEY (province, id)
);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit log is append-only';
END $$;
CREATE TRIGGER audit_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
