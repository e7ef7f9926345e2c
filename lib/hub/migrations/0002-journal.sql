-- Devices and what they sent, as they sent it.

CREATE TABLE device (
  province text COLLATE "C" NOT NULL REFERENCES province,
  id text COLLATE "C" NOT NULL,
  kind text NOT NULL CHECK (kind IN ('extension', 'kiosk', 'hub')),
  name text NOT NULL,
  unit text COLLATE "C" NOT NULL,
  jwk jsonb NOT NULL,
  status text NOT NULL DEFAULT 'active' CHECK (status IN ('active', 'revoked')),
  created_at timestamptz NOT NULL,
  revoked_at timestamptz,
  heard_at timestamptz,
  PRIMARY KEY (province, id),
  FOREIGN KEY (province, unit) REFERENCES unit (province, id) ON UPDATE CASCADE
) WITH (fillfactor = 70);
CREATE INDEX device_unit ON device (province, unit);

CREATE TABLE device_stream (
  province text COLLATE "C" NOT NULL,
  device text COLLATE "C" NOT NULL,
  stream integer NOT NULL,
  -- Sequence numbers received and committed; the one dedupe that counts (sync §0.4).
  received int8multirange NOT NULL DEFAULT '{}',
  -- The highest head the device declared, and what it still owed then.
  declared_head bigint NOT NULL DEFAULT 0,
  unsent bigint NOT NULL DEFAULT 0,
  heard_at timestamptz NOT NULL,
  -- Hub clock minus device clock at the latest batch, milliseconds.
  skew bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (province, device, stream),
  FOREIGN KEY (province, device) REFERENCES device (province, id)
) WITH (fillfactor = 70);

-- The signed bytes, raw: every row of the hub can be rebuilt and verified again from here.
CREATE TABLE batch (
  province text COLLATE "C" NOT NULL,
  device text COLLATE "C" NOT NULL,
  stream integer NOT NULL,
  first bigint NOT NULL,
  last bigint NOT NULL,
  sha256 bytea NOT NULL,
  bytes bytea NOT NULL,
  way text NOT NULL CHECK (way IN ('http', 'file')),
  received_at timestamptz NOT NULL,
  PRIMARY KEY (province, device, stream, first, last, sha256),
  FOREIGN KEY (province, device, stream) REFERENCES device_stream (province, device, stream)
);
ALTER TABLE batch ALTER COLUMN bytes SET STORAGE EXTERNAL; -- already gzip

CREATE TABLE entry (
  province text COLLATE "C" NOT NULL,
  device text COLLATE "C" NOT NULL,
  stream integer NOT NULL,
  seq bigint NOT NULL,
  kind text NOT NULL,
  -- The exact line that was hashed and signed.
  line text NOT NULL,
  -- Hash chain after this line: the same seq with another value is another history.
  chain bytea NOT NULL,
  at timestamptz NOT NULL,
  -- Unit of the device when the entry came in.
  unit text COLLATE "C" NOT NULL,
  pack text COLLATE "C",
  -- Derived: a void of this entry, of its pack by this device, or a retired pack exists.
  is_void boolean NOT NULL,
  PRIMARY KEY (province, device, stream, seq)
);
CREATE INDEX entry_pack ON entry (province, pack) WHERE pack IS NOT NULL;

CREATE TABLE quarantine (
  province text COLLATE "C" NOT NULL,
  device text COLLATE "C" NOT NULL,
  stream integer NOT NULL,
  seq bigint NOT NULL,
  sha256 bytea NOT NULL,
  -- Why: fork, schema, notJson, identity, …
  code text NOT NULL,
  raw bytea NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (province, device, stream, seq, sha256)
);

-- Retractions; they may arrive before what they retract. A device retracts only what is its own.
CREATE TABLE void (
  province text COLLATE "C" NOT NULL,
  device text COLLATE "C" NOT NULL,
  target_stream integer NOT NULL,
  target_seq bigint NOT NULL,
  PRIMARY KEY (province, device, target_stream, target_seq)
);
CREATE TABLE void_pack (
  province text COLLATE "C" NOT NULL,
  device text COLLATE "C" NOT NULL,
  pack text COLLATE "C" NOT NULL,
  PRIMARY KEY (province, device, pack)
);
-- Pack versions the province no longer trusts: void everywhere.
CREATE TABLE retired_pack (
  province text COLLATE "C" NOT NULL,
  pack text COLLATE "C" NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (province, pack)
);

CREATE TABLE alarm (
  province text COLLATE "C" NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY,
  kind text NOT NULL,
  -- A device id, or the name of what differed.
  subject text COLLATE "C" NOT NULL,
  at timestamptz NOT NULL,
  detail jsonb NOT NULL DEFAULT '{}',
  resolved_at timestamptz,
  PRIMARY KEY (province, id)
);
CREATE UNIQUE INDEX alarm_open ON alarm (province, kind, subject) WHERE resolved_at IS NULL;
