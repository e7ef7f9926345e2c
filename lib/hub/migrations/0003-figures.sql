-- What entries amount to: dossiers, documents, and sums by unit and day. All of it can be rebuilt from `entry`.

-- One row per key ever seen. It is the lock that orders concurrent merges, and says which row the key belongs to.
CREATE TABLE subject_key (
  province text COLLATE "C" NOT NULL,
  kind text COLLATE "C" NOT NULL CHECK (kind IN ('dossier', 'document')),
  key text COLLATE "C" NOT NULL,
  subject text COLLATE "C",
  PRIMARY KEY (province, kind, key)
);
CREATE INDEX subject_key_subject ON subject_key (province, kind, subject) WHERE subject IS NOT NULL;

CREATE TABLE sighting (
  province text COLLATE "C" NOT NULL,
  kind text COLLATE "C" NOT NULL,
  key text COLLATE "C" NOT NULL,
  device text COLLATE "C" NOT NULL,
  stream integer NOT NULL,
  seq bigint NOT NULL,
  -- The entry names more than one key (rotation): it links them.
  is_link boolean NOT NULL,
  PRIMARY KEY (province, kind, key, device, stream, seq)
);
CREATE INDEX sighting_link ON sighting (province, kind, device, stream, seq, key) WHERE is_link;

CREATE TABLE dossier (
  province text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  unit text COLLATE "C" NOT NULL,
  -- The merged row (DossierRow) as lib/domain/merge.ts returned it.
  merged jsonb NOT NULL,
  received_day date,
  finish_day date,
  -- How it stands while open: null = never in the stock; `due` compares due_day with the day asked for.
  stock text CHECK (stock IN ('due', 'noDue', 'unknownDue')),
  due_day date,
  PRIMARY KEY (province, id)
);
CREATE INDEX dossier_open ON dossier (province, unit) INCLUDE (received_day, stock, due_day)
  WHERE stock IS NOT NULL AND finish_day IS NULL;
CREATE INDEX dossier_closed ON dossier (province, unit, finish_day) INCLUDE (received_day, stock, due_day)
  WHERE stock IS NOT NULL AND finish_day IS NOT NULL;

CREATE TABLE document (
  province text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  unit text COLLATE "C" NOT NULL,
  merged jsonb NOT NULL,
  role text NOT NULL,
  state text NOT NULL,
  due_day date,
  PRIMARY KEY (province, id)
);
CREATE INDEX document_waiting ON document (province, unit, role) INCLUDE (due_day) WHERE state = 'waiting';

-- Flows only: nothing here depends on "now" (lib/domain/flows.ts).
CREATE TABLE rollup (
  province text COLLATE "C" NOT NULL,
  unit text COLLATE "C" NOT NULL,
  day date NOT NULL,
  procedure text COLLATE "C" NOT NULL,
  measure text COLLATE "C" NOT NULL,
  n bigint NOT NULL,
  PRIMARY KEY (province, unit, day, procedure, measure)
) WITH (fillfactor = 70);

-- Kiosk answers as sums; flagged visits apart (DESIGN §9). Question '' counts visits by outcome.
CREATE TABLE feedback_count (
  province text COLLATE "C" NOT NULL,
  unit text COLLATE "C" NOT NULL,
  day date NOT NULL,
  is_flagged boolean NOT NULL,
  question text COLLATE "C" NOT NULL,
  level text COLLATE "C" NOT NULL,
  n bigint NOT NULL,
  PRIMARY KEY (province, unit, day, is_flagged, question, level)
);

CREATE TABLE official_total (
  province text COLLATE "C" NOT NULL,
  device text COLLATE "C" NOT NULL,
  stream integer NOT NULL,
  seq bigint NOT NULL,
  unit text COLLATE "C" NOT NULL,
  system text NOT NULL,
  from_day date NOT NULL,
  to_day date NOT NULL,
  figures jsonb NOT NULL,
  -- Corrected instant of recording: the latest one counts.
  at timestamptz NOT NULL,
  PRIMARY KEY (province, device, stream, seq)
);
CREATE INDEX official_total_unit ON official_total (province, unit, from_day, to_day);
