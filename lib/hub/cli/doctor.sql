-- name: counts
SELECT (SELECT count(*) FROM unit WHERE province = $1 AND NOT is_placeholder) AS units,
  (SELECT count(*) FROM person WHERE province = $1 AND role = 'provinceAdmin' AND is_active) AS admins,
  (SELECT count(*) FROM procedure_catalogue WHERE province = $1) AS procedures,
  (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now, current_setting('server_version') AS version,
  current_setting('fsync') AS fsync;

-- name: alarms
SELECT count(*) AS alarms FROM alarm WHERE province = $1 AND resolved_at IS NULL;
