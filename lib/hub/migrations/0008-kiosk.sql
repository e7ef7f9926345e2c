-- Counters, questionnaires, clips; visits and their release in closed groups; links for phones; complaints (DESIGN §9).

CREATE TABLE counter (
  province text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  unit text COLLATE "C" NOT NULL,
  name text NOT NULL,
  is_active boolean NOT NULL DEFAULT true,
  PRIMARY KEY (province, id),
  FOREIGN KEY (province, unit) REFERENCES unit (province, id) ON UPDATE CASCADE
);
-- Where a device stands: returns confirmed on an official's PC and ratings of a kiosk meet at the counter.
ALTER TABLE device ADD COLUMN counter text COLLATE "C";

CREATE TABLE questionnaire (
  province text COLLATE "C" NOT NULL REFERENCES province,
  id text COLLATE "C" NOT NULL,
  version integer NOT NULL,
  body json NOT NULL,
  made_by text COLLATE "C" NOT NULL,
  made_at timestamptz NOT NULL,
  PRIMARY KEY (province, id, version)
);

-- What holds for a unit and everything below it until a nearer unit says otherwise.
CREATE TABLE kiosk_setting (
  province text COLLATE "C" NOT NULL,
  unit text COLLATE "C" NOT NULL,
  questionnaire text COLLATE "C",
  questionnaire_version integer,
  is_out_of_service boolean,
  -- Thresholds of the flags and opening hours (`lib/domain/feedback-rules.ts`); absent keys are inherited.
  rules jsonb NOT NULL DEFAULT '{}',
  PRIMARY KEY (province, unit),
  FOREIGN KEY (province, unit) REFERENCES unit (province, id) ON UPDATE CASCADE,
  FOREIGN KEY (province, questionnaire, questionnaire_version) REFERENCES questionnaire (province, id, version),
  CHECK ((questionnaire IS NULL) = (questionnaire_version IS NULL))
);

-- One recorded phrase. `proposed` by staff at a kiosk; `shared` ones are in every configuration.
CREATE TABLE clip (
  province text COLLATE "C" NOT NULL REFERENCES province,
  sha256 text COLLATE "C" NOT NULL,
  language text COLLATE "C" NOT NULL,
  phrase text COLLATE "C" NOT NULL,
  mime text NOT NULL,
  content bytea NOT NULL,
  device text COLLATE "C" NOT NULL,
  made_at timestamptz NOT NULL,
  stage text NOT NULL DEFAULT 'proposed' CHECK (stage IN ('proposed', 'shared', 'withdrawn')),
  decided_by text COLLATE "C",
  decided_at timestamptz,
  PRIMARY KEY (province, sha256)
);
CREATE UNIQUE INDEX clip_shared ON clip (province, language, phrase) WHERE stage = 'shared';

-- Every visit, one row: never readable by `nmc_read`. `device` is '@phone' for answers given on a citizen's own phone.
CREATE TABLE visit (
  province text COLLATE "C" NOT NULL,
  device text COLLATE "C" NOT NULL,
  stream integer NOT NULL,
  seq bigint NOT NULL,
  unit text COLLATE "C" NOT NULL,
  counter text COLLATE "C",
  source text NOT NULL CHECK (source IN ('kiosk', 'widget', 'phone')),
  -- Local day and quarter-hour of it, 0 to 95.
  day date NOT NULL,
  quarter smallint NOT NULL CHECK (quarter BETWEEN 0 AND 95),
  questionnaire text COLLATE "C" NOT NULL,
  language text COLLATE "C" NOT NULL,
  outcome text NOT NULL CHECK (outcome IN ('completed', 'abandoned')),
  answers jsonb NOT NULL DEFAULT '{}',
  reasons text[] NOT NULL DEFAULT '{}',
  comment text COLLATE "C",
  step text COLLATE "C",
  -- What the device said and what the hub found; any flag: kept, shown apart, never in a sum.
  flags text[] NOT NULL DEFAULT '{}',
  is_void boolean NOT NULL DEFAULT false,
  -- The closed group it was released in.
  release bigint,
  PRIMARY KEY (province, device, stream, seq)
);
CREATE INDEX visit_waiting ON visit (province, unit, day) WHERE release IS NULL AND NOT is_void;
CREATE INDEX visit_place ON visit (province, unit, counter, day);

-- A comment as it was written, erasable: the entry holds only `sha256(salt ‖ text)`.
CREATE TABLE visit_comment (
  province text COLLATE "C" NOT NULL REFERENCES province,
  hash text COLLATE "C" NOT NULL,
  salt bytea,
  text text,
  received_at timestamptz NOT NULL,
  erased_at timestamptz,
  erased_by text COLLATE "C",
  PRIMARY KEY (province, hash),
  CHECK ((erased_at IS NULL) = (text IS NOT NULL) AND (salt IS NULL) = (text IS NULL))
);

-- At least five completed visits of one unit and questionnaire, closed for ever: two reports can never be subtracted
-- down to one citizen. `counter` is null where one counter alone had too few.
CREATE TABLE release (
  province text COLLATE "C" NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY,
  unit text COLLATE "C" NOT NULL,
  counter text COLLATE "C",
  questionnaire text COLLATE "C" NOT NULL,
  source text NOT NULL,
  is_flagged boolean NOT NULL,
  first_day date NOT NULL,
  last_day date NOT NULL,
  released_on date NOT NULL,
  n integer NOT NULL CHECK (n >= 5),
  PRIMARY KEY (province, id)
);
CREATE INDEX release_place ON release (province, unit, last_day);

-- The answers of a group in an order drawn by lot. No device, no sequence, no time of day finer than the group's days.
CREATE TABLE released_answer (
  province text COLLATE "C" NOT NULL,
  release bigint NOT NULL,
  place integer NOT NULL,
  answers jsonb NOT NULL,
  reasons text[] NOT NULL,
  comment text COLLATE "C",
  PRIMARY KEY (province, release, place),
  FOREIGN KEY (province, release) REFERENCES release (province, id)
);

-- Counts of visits and confirmed returns per counter and day ('' = no counter known); the denominator nobody else has.
CREATE TABLE counter_day (
  province text COLLATE "C" NOT NULL,
  unit text COLLATE "C" NOT NULL,
  counter text COLLATE "C" NOT NULL,
  day date NOT NULL,
  returns bigint NOT NULL DEFAULT 0,
  completed bigint NOT NULL DEFAULT 0,
  abandoned bigint NOT NULL DEFAULT 0,
  phone bigint NOT NULL DEFAULT 0,
  -- Visits by flag, and flags of the whole day (`moreThanReturns`): {"burst": 3}.
  flags jsonb NOT NULL DEFAULT '{}',
  PRIMARY KEY (province, unit, counter, day)
);

-- A printed QR code: of a counter (many answers) or of one receipt (one answer). The token itself is kept nowhere.
CREATE TABLE feedback_link (
  province text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  hmac bytea NOT NULL,
  kind text NOT NULL CHECK (kind IN ('counter', 'receipt', 'widget')),
  unit text COLLATE "C" NOT NULL,
  counter text COLLATE "C",
  -- Sites that may show the widget (frame-ancestors).
  origins text[] NOT NULL DEFAULT '{}',
  quota integer,
  used integer NOT NULL DEFAULT 0,
  made_by text COLLATE "C" NOT NULL,
  made_at timestamptz NOT NULL,
  expires timestamptz NOT NULL,
  revoked_at timestamptz,
  PRIMARY KEY (province, id),
  UNIQUE (province, hmac),
  FOREIGN KEY (province, unit) REFERENCES unit (province, id) ON UPDATE CASCADE
);

-- Phản ánh, kiến nghị that wants an answer (Decree 20/2008/ND-CP): name and phone given on purpose, erasable.
CREATE TABLE complaint (
  province text COLLATE "C" NOT NULL,
  id text COLLATE "C" NOT NULL,
  unit text COLLATE "C" NOT NULL,
  counter text COLLATE "C",
  way text NOT NULL CHECK (way IN ('phone', 'slip')),
  -- Number printed on a paper slip; the slip itself stays in the unit's file.
  slip text COLLATE "C",
  received_at timestamptz NOT NULL,
  due date NOT NULL,
  state text NOT NULL DEFAULT 'new' CHECK (state IN ('new', 'working', 'answered', 'passedOn')),
  consent_version integer,
  name text,
  phone text,
  text text,
  answer text,
  answered_at timestamptz,
  erased_at timestamptz,
  PRIMARY KEY (province, id),
  UNIQUE NULLS DISTINCT (province, slip),
  FOREIGN KEY (province, unit) REFERENCES unit (province, id) ON UPDATE CASCADE
);

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['counter', 'questionnaire', 'kiosk_setting', 'clip', 'visit', 'visit_comment', 'release',
    'released_answer', 'counter_day', 'feedback_link', 'complaint'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY by_province ON %I TO nmc_ingest, nmc_admin, nmc_owner
      USING (province = (SELECT nmc.current_province())) WITH CHECK (province = (SELECT nmc.current_province()))', name);
  END LOOP;
  FOREACH name IN ARRAY ARRAY['counter', 'release', 'counter_day', 'complaint'] LOOP
    EXECUTE format('CREATE POLICY read_scope ON %I FOR SELECT TO nmc_read
      USING (province = (SELECT current_province()) AND unit = ANY ((SELECT scope_units())::text[]))', name);
  END LOOP;
END $$;
CREATE POLICY read_all ON questionnaire FOR SELECT TO nmc_read USING (province = (SELECT current_province()));
CREATE POLICY read_all ON kiosk_setting FOR SELECT TO nmc_read USING (province = (SELECT current_province()));
CREATE POLICY read_scope ON released_answer FOR SELECT TO nmc_read USING (EXISTS (
  SELECT 1 FROM release r WHERE r.province = released_answer.province AND r.id = released_answer.release));
-- A comment can be read once its visit is released, never before.
CREATE POLICY read_scope ON visit_comment FOR SELECT TO nmc_read USING (EXISTS (
  SELECT 1 FROM released_answer a WHERE a.province = visit_comment.province AND a.comment = visit_comment.hash));

GRANT SELECT ON counter, questionnaire, kiosk_setting, feedback_link TO nmc_ingest;
GRANT SELECT, INSERT ON clip, complaint, release, released_answer TO nmc_ingest;
GRANT SELECT, INSERT, UPDATE, DELETE ON visit, counter_day TO nmc_ingest;
GRANT SELECT, INSERT ON visit_comment TO nmc_ingest;
GRANT UPDATE (used) ON feedback_link TO nmc_ingest;
GRANT SELECT, INSERT, UPDATE ON counter, questionnaire, kiosk_setting, feedback_link TO nmc_admin;
GRANT SELECT ON clip TO nmc_admin;
GRANT UPDATE (stage, decided_by, decided_at) ON clip TO nmc_admin;
GRANT SELECT ON release, released_answer, visit_comment TO nmc_admin;
GRANT UPDATE (salt, text, erased_at, erased_by) ON visit_comment TO nmc_admin;
GRANT SELECT, INSERT, UPDATE ON complaint TO nmc_admin;
GRANT SELECT ON counter, questionnaire, kiosk_setting, release, released_answer, counter_day TO nmc_read;
GRANT SELECT (province, hash, text, received_at, erased_at) ON visit_comment TO nmc_read;
GRANT SELECT (province, id, unit, counter, way, slip, received_at, due, state, answered_at, erased_at) ON complaint TO nmc_read;
