-- The second lock: whatever a query forgets, a role sees only its province, and `nmc_read` only its subtree.
-- Every setting is read inside a sub-select so that it is evaluated once per query (sync §2.6: 94 ms → 8.6 ms).

CREATE FUNCTION current_province() RETURNS text STABLE PARALLEL SAFE LANGUAGE sql AS
$$ SELECT current_setting('nmc.province', true) $$;

-- Units the transaction may see: `nmc.scope` is a unit id, or `*` for the province with what belongs to no unit.
CREATE FUNCTION scope_units() RETURNS text[] STABLE PARALLEL SAFE LANGUAGE sql AS $$
  SELECT CASE WHEN current_setting('nmc.scope', true) = '*' THEN
    (SELECT array_agg(descendant) FROM nmc.unit_closure
      WHERE province = nmc.current_province() AND ancestor = descendant) || 'unassigned'::text
  ELSE
    (SELECT array_agg(descendant) FROM nmc.unit_closure
      WHERE province = nmc.current_province() AND ancestor = current_setting('nmc.scope', true))
  END
$$;

-- Sums of kiosk answers for the units of the scope. At least five visits, or nothing; never of today (DESIGN §9).
CREATE FUNCTION feedback_sums(units text[], first_day date, last_day date, today date)
RETURNS TABLE (question text, level text, n bigint)
STABLE SECURITY DEFINER LANGUAGE sql SET search_path = nmc, pg_catalog AS $$
  WITH visible AS (
    SELECT c.question, c.level, sum(c.n)::bigint AS n
    FROM feedback_count c
    WHERE c.province = current_province()
      AND c.unit = ANY (units) AND c.unit = ANY ((SELECT scope_units())::text[])
      AND c.day BETWEEN first_day AND last_day AND c.day < today AND NOT c.is_flagged
    GROUP BY c.question, c.level
  ), totals AS (SELECT v.question, sum(v.n) AS n FROM visible v GROUP BY v.question)
  SELECT v.question, v.level, v.n FROM visible v JOIN totals t USING (question)
  WHERE t.n >= 5 AND v.n > 0
$$;
REVOKE ALL ON FUNCTION feedback_sums FROM PUBLIC;

-- How many lines of a stream are set aside: a number, never the lines.
CREATE FUNCTION quarantined(of_province text, of_device text, of_stream integer) RETURNS bigint
STABLE SECURITY DEFINER LANGUAGE sql SET search_path = nmc, pg_catalog AS $$
  SELECT count(DISTINCT q.seq) FROM quarantine q
  WHERE q.province = of_province AND q.device = of_device AND q.stream = of_stream
$$;
REVOKE ALL ON FUNCTION quarantined FROM PUBLIC;

DO $$
DECLARE name text;
BEGIN
  FOR name IN SELECT tablename FROM pg_tables WHERE schemaname = 'nmc' AND tablename <> 'migration' LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', name);
    EXECUTE format('CREATE POLICY by_province ON %1$I TO nmc_ingest, nmc_admin, nmc_owner USING (%2$s) WITH CHECK (%2$s)',
      name, format('%I = (SELECT nmc.current_province())', CASE name WHEN 'province' THEN 'id' ELSE 'province' END));
  END LOOP;
END $$;

CREATE POLICY read_all ON province FOR SELECT TO nmc_read USING (id = (SELECT current_province()));
CREATE POLICY read_all ON unit_closure FOR SELECT TO nmc_read USING (province = (SELECT current_province()));
CREATE POLICY read_all ON procedure_catalogue FOR SELECT TO nmc_read USING (province = (SELECT current_province()));
CREATE POLICY read_scope ON unit FOR SELECT TO nmc_read
  USING (province = (SELECT current_province()) AND id = ANY ((SELECT scope_units())::text[]));
DO $$
DECLARE name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['device', 'activation_code', 'dossier', 'document', 'rollup', 'official_total'] LOOP
    EXECUTE format('CREATE POLICY read_scope ON %I FOR SELECT TO nmc_read
      USING (province = (SELECT current_province()) AND unit = ANY ((SELECT scope_units())::text[]))', name);
  END LOOP;
END $$;
CREATE POLICY read_scope ON device_stream FOR SELECT TO nmc_read USING (EXISTS (
  SELECT 1 FROM device d WHERE d.province = device_stream.province AND d.id = device_stream.device));
CREATE POLICY read_scope ON alarm FOR SELECT TO nmc_read USING (EXISTS (
  SELECT 1 FROM device d WHERE d.province = alarm.province AND d.id = alarm.subject));

GRANT USAGE ON SCHEMA nmc TO nmc_ingest, nmc_admin, nmc_read;

GRANT SELECT ON province, unit, unit_closure, secret, tenant, retired_pack, activation_code TO nmc_ingest;
GRANT UPDATE (tries, used_at, device) ON activation_code TO nmc_ingest;
GRANT SELECT, INSERT, UPDATE ON device, device_stream TO nmc_ingest;
GRANT SELECT, INSERT ON batch, quarantine, void, void_pack, audit TO nmc_ingest;
GRANT SELECT, INSERT ON entry TO nmc_ingest;
GRANT UPDATE (is_void, unit) ON entry TO nmc_ingest;
GRANT SELECT, INSERT, UPDATE, DELETE ON subject_key, sighting, dossier, document, rollup, feedback_count, official_total
  TO nmc_ingest;
GRANT SELECT, INSERT, UPDATE ON alarm TO nmc_ingest;

GRANT SELECT, INSERT, UPDATE ON province, secret TO nmc_admin;
GRANT SELECT, INSERT, UPDATE, DELETE ON unit, unit_closure, procedure_catalogue, tenant, person, session TO nmc_admin;
GRANT SELECT, INSERT, UPDATE ON activation_code, read_token, device, retired_pack TO nmc_admin;
GRANT SELECT, INSERT ON audit TO nmc_admin;

GRANT SELECT ON province, unit, unit_closure, procedure_catalogue, device, device_stream, dossier, document, rollup,
  official_total, alarm TO nmc_read;
GRANT SELECT (province, id, unit, kind, name, created_at, expires, used_at) ON activation_code TO nmc_read;
GRANT EXECUTE ON FUNCTION feedback_sums TO nmc_read;
GRANT EXECUTE ON FUNCTION quarantined TO nmc_read, nmc_ingest;
