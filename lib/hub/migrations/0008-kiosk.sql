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
-- Counter of the device when the entry came in, as `unit` is its unit.
ALTER TABLE entry ADD COLUMN counter text COLLATE "C";
-- Through which day the ratings were closed into groups.
ALTER TABLE province ADD COLUMN ratings_through date;

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
  -- What the device said, and what the hub found when the day was closed; a flag that sets apart: kept, never in a sum.
  flags text[] NOT NULL DEFAULT '{}',
  found text[] NOT NULL DEFAULT '{}',
  is_void boolean NOT NULL DEFAULT false,
  -- The closed group it was released in, and the closed span it was counted in. A retraction after that changes neither.
  release bigint,
  span bigint,
  PRIMARY KEY (province, device, stream, seq)
);
CREATE INDEX visit_waiting ON visit (province, day)
  WHERE NOT is_void AND (span IS NULL OR (release IS NULL AND outcome = 'completed'));
CREATE INDEX visit_device ON visit (province, device, day);
CREATE INDEX visit_release ON visit (province, release) WHERE release IS NOT NULL;

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
  -- Its answers added up: {"<question>": [how often level 1, level 2, …]}, {"<reason>": n}. Reports read these sums.
  levels jsonb NOT NULL,
  reasons jsonb NOT NULL,
  -- Of a flagged group: {"<flag>": {"n", "limits", "days"}} (`FlagCount` of lib/indicators/feedback.ts).
  flags jsonb NOT NULL DEFAULT '{}',
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

-- Confirmed returns per counter and day ('' = no counter known): the denominator nobody else has. `told`: already in a span.
CREATE TABLE counter_day (
  province text COLLATE "C" NOT NULL,
  unit text COLLATE "C" NOT NULL,
  counter text COLLATE "C" NOT NULL,
  day date NOT NULL,
  returns bigint NOT NULL DEFAULT 0,
  told bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (province, unit, counter, day)
) WITH (fillfactor = 70);

-- Visits and returns of a counter over as few days as bring five completed visits together, closed for ever: what may be
-- read of how many answered. A count by the day would tell at a quiet counter whether one citizen did.
CREATE TABLE counter_span (
  province text COLLATE "C" NOT NULL,
  id bigint GENERATED ALWAYS AS IDENTITY,
  unit text COLLATE "C" NOT NULL,
  counter text COLLATE "C",
  first_day date NOT NULL,
  last_day date NOT NULL,
  returns bigint NOT NULL,
  -- Completed visits without a flag, with one; abandoned ones; of the first, those given on a citizen's own phone.
  ratings bigint NOT NULL,
  flagged bigint NOT NULL,
  abandoned bigint NOT NULL,
  phone bigint NOT NULL,
  PRIMARY KEY (province, id),
  CHECK (ratings + flagged >= 5)
);
CREATE INDEX counter_span_place ON counter_span (province, unit, last_day);

-- The latest word of a kiosk on each topic (health entries).
CREATE TABLE kiosk_word (
  province text COLLATE "C" NOT NULL,
  device text COLLATE "C" NOT NULL,
  topic text COLLATE "C" NOT NULL,
  state text NOT NULL,
  detail jsonb NOT NULL,
  at timestamptz NOT NULL,
  stream integer NOT NULL,
  seq bigint NOT NULL,
  PRIMARY KEY (province, device, topic),
  FOREIGN KEY (province, device) REFERENCES device (province, id)
) WITH (fillfactor = 70);

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
  -- Who answers: the office above where it concerns the head of `about_unit`.
  unit text COLLATE "C" NOT NULL,
  about_unit text COLLATE "C" NOT NULL,
  about_head boolean NOT NULL DEFAULT false,
  counter text COLLATE "C",
  way text NOT NULL CHECK (way IN ('phone', 'slip')),
  -- Number printed on a paper slip, counted per unit; the slip itself stays in the unit's file.
  slip text COLLATE "C",
  -- The day only (its first moment): no time that a rating of the same quarter-hour could be matched with.
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
  UNIQUE NULLS DISTINCT (province, about_unit, slip),
  FOREIGN KEY (province, unit) REFERENCES unit (province, id) ON UPDATE CASCADE
);

-- The kiosks of a counter show its code: a new or revoked one is a change of their configuration.
CREATE FUNCTION links_changed() RETURNS trigger SECURITY DEFINER LANGUAGE plpgsql SET search_path = nmc, pg_catalog AS $$
BEGIN
  UPDATE province SET config_version = config_version + 1, config_issued = coalesce(NEW.revoked_at, NEW.made_at)
  WHERE id = NEW.province;
  RETURN NULL;
END $$;
REVOKE ALL ON FUNCTION links_changed FROM PUBLIC;
CREATE TRIGGER links_changed AFTER INSERT OR UPDATE OF revoked_at ON feedback_link
  FOR EACH ROW WHEN (NEW.kind = 'counter') EXECUTE FUNCTION links_changed();

DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['counter', 'questionnaire', 'kiosk_setting', 'clip', 'visit', 'visit_comment', 'release',
    'released_answer', 'counter_day', 'counter_span', 'kiosk_word', 'feedback_link', 'complaint'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY by_province ON %I TO nmc_ingest, nmc_admin, nmc_owner
      USING (province = (SELECT nmc.current_province())) WITH CHECK (province = (SELECT nmc.current_province()))', name);
  END LOOP;
  FOREACH name IN ARRAY ARRAY['counter', 'release', 'counter_span', 'complaint'] LOOP
    EXECUTE format('CREATE POLICY read_scope ON %I FOR SELECT TO nmc_read
      USING (province = (SELECT current_province()) AND unit = ANY ((SELECT scope_units())::text[]))', name);
  END LOOP;
END $$;
CREATE POLICY read_all ON questionnaire FOR SELECT TO nmc_read USING (province = (SELECT current_province()));
CREATE POLICY read_all ON kiosk_setting FOR SELECT TO nmc_read USING (province = (SELECT current_province()));
CREATE POLICY read_scope ON released_answer FOR SELECT TO nmc_read USING (EXISTS (
  SELECT 1 FROM release r WHERE r.province = released_answer.province AND r.id = released_answer.release));
CREATE POLICY read_scope ON kiosk_word FOR SELECT TO nmc_read USING (EXISTS (
  SELECT 1 FROM device d WHERE d.province = kiosk_word.province AND d.id = kiosk_word.device));
-- A comment can be read once its visit is released, never before; when it came is never read.
CREATE POLICY read_scope ON visit_comment FOR SELECT TO nmc_read USING (EXISTS (
  SELECT 1 FROM released_answer a WHERE a.province = visit_comment.province AND a.comment = visit_comment.hash));

GRANT SELECT ON counter, questionnaire, kiosk_setting, feedback_link TO nmc_ingest;
GRANT SELECT, INSERT ON clip, complaint, release, released_answer, counter_span TO nmc_ingest;
GRANT UPDATE (unit) ON release, counter_span TO nmc_ingest;
GRANT SELECT, INSERT, UPDATE, DELETE ON visit, counter_day TO nmc_ingest;
GRANT SELECT, INSERT, UPDATE ON kiosk_word TO nmc_ingest;
GRANT UPDATE (ratings_through) ON province TO nmc_ingest;
GRANT SELECT, INSERT ON visit_comment TO nmc_ingest;
GRANT UPDATE (used) ON feedback_link TO nmc_ingest;
GRANT SELECT, INSERT, UPDATE ON counter, questionnaire, kiosk_setting, feedback_link TO nmc_admin;
GRANT SELECT ON clip TO nmc_admin;
GRANT UPDATE (stage, decided_by, decided_at) ON clip TO nmc_admin;
GRANT SELECT (province, hash, erased_at) ON visit_comment TO nmc_admin;
GRANT UPDATE (salt, text, erased_at, erased_by) ON visit_comment TO nmc_admin;
GRANT SELECT, INSERT, UPDATE ON complaint TO nmc_admin;
GRANT SELECT ON counter, questionnaire, kiosk_setting, release, released_answer, counter_span, kiosk_word TO nmc_read;
GRANT SELECT (province, hash, text, erased_at) ON visit_comment TO nmc_read;
GRANT SELECT (province, id, unit, about_unit, about_head, counter, way, slip, received_at, due, state, answered_at, erased_at)
  ON complaint TO nmc_read;

-- What entries say of visits and confirmed returns: ingest, the nightly check and the repair read the same words.
CREATE VIEW entry_visit WITH (security_invoker = true) AS
SELECT e.province, e.device, e.stream, e.seq, e.unit, coalesce(b.body->>'counter', e.counter) AS counter,
  coalesce(b.body->>'source', 'kiosk') AS source, (b.body->>'quarter')::timestamp::date AS day,
  (extract(hour FROM (b.body->>'quarter')::timestamp) * 4
    + extract(minute FROM (b.body->>'quarter')::timestamp) / 15)::smallint AS quarter,
  b.body->>'questionnaire' AS questionnaire, b.body->>'language' AS language, b.body->>'outcome' AS outcome,
  coalesce(b.body->'answers', '{}') AS answers,
  ARRAY(SELECT jsonb_array_elements_text(coalesce(b.body->'reasons', '[]'))) AS reasons,
  b.body->>'comment' AS comment, b.body->>'step' AS step,
  ARRAY(SELECT jsonb_array_elements_text(b.body->'flags')) AS flags, e.is_void
FROM entry e CROSS JOIN LATERAL (SELECT (e.line::jsonb)->'body' AS body) b
WHERE e.kind = 'feedback';

CREATE VIEW entry_return WITH (security_invoker = true) AS
SELECT e.province, e.device, e.stream, e.seq, e.unit, coalesce(e.counter, '') AS counter,
  ((e.at + coalesce((b.line->>'offset')::numeric, 0) * interval '1 millisecond') AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
    AS day,
  (b.line->'body'->>'n')::bigint AS n, e.is_void
FROM entry e CROSS JOIN LATERAL (SELECT e.line::jsonb AS line) b
WHERE e.kind = 'action' AND b.line->'body'->>'action' = 'return';
GRANT SELECT ON entry_visit, entry_return TO nmc_ingest;

-- How many completed visits of closed days wait for company: rounded down to fives, never the number itself.
CREATE FUNCTION ratings_waiting(units text[]) RETURNS bigint
STABLE SECURITY DEFINER LANGUAGE sql SET search_path = nmc, pg_catalog AS $$
  SELECT count(*) / 5 * 5 FROM visit v JOIN province p ON p.id = v.province
  WHERE v.province = current_province() AND v.unit = ANY (units) AND v.unit = ANY ((SELECT scope_units())::text[])
    AND v.release IS NULL AND NOT v.is_void AND v.outcome = 'completed' AND v.day <= p.ratings_through
$$;
REVOKE ALL ON FUNCTION ratings_waiting FROM PUBLIC;
GRANT EXECUTE ON FUNCTION ratings_waiting TO nmc_read;

-- What was counted so far moves: the owner sees every province while the rows are filled.
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['entry', 'visit', 'counter_day', 'province'] LOOP
    EXECUTE format('ALTER TABLE %I NO FORCE ROW LEVEL SECURITY', name);
  END LOOP;
  INSERT INTO visit (province, device, stream, seq, unit, counter, source, day, quarter, questionnaire, language, outcome,
    answers, reasons, comment, step, flags, is_void)
  SELECT province, device, stream, seq, unit, counter, source, day, quarter, questionnaire, language, outcome,
    answers, reasons, comment, step, flags, is_void FROM entry_visit;
  INSERT INTO counter_day (province, unit, counter, day, returns)
  SELECT province, unit, counter, day, sum(n) FROM entry_return WHERE NOT is_void GROUP BY 1, 2, 3, 4;
  FOREACH name IN ARRAY ARRAY['entry', 'visit', 'counter_day', 'province'] LOOP
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
  END LOOP;
END $$;
DROP FUNCTION feedback_sums;
DROP TABLE feedback_count;
