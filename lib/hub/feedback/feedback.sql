-- name: units
SELECT id, parent, name FROM unit WHERE province = $1 ORDER BY id;

-- name: visibleUnit
SELECT id, name FROM unit WHERE province = $1 AND id = $2;

-- name: raiseConfigVersion
UPDATE province SET config_version = config_version + 1, config_issued = $2 WHERE id = $1;

-- name: listCounters
SELECT c.id, c.unit, u.name AS "unitName", c.name, c.is_active AS "isActive",
  coalesce((SELECT jsonb_agg(jsonb_build_object('id', d.id, 'kind', d.kind, 'name', d.name) ORDER BY d.name, d.id)
    FROM device d WHERE d.province = c.province AND d.counter = c.id AND d.status = 'active'), '[]') AS devices
FROM counter c JOIN unit u ON u.province = c.province AND u.id = c.unit
WHERE c.province = $1 AND c.unit IN (SELECT descendant FROM unit_closure WHERE province = $1 AND ancestor = $2)
ORDER BY u.name, c.name, c.id;

-- name: visibleCounter
SELECT id, unit FROM counter WHERE province = $1 AND id = $2;

-- name: addCounter
INSERT INTO counter (province, id, unit, name) VALUES ($1, $2, $3, $4);

-- name: changeCounter
UPDATE counter SET name = coalesce($3, name), is_active = coalesce($4, is_active) WHERE province = $1 AND id = $2;

-- name: visibleDevice
SELECT id, unit FROM device WHERE province = $1 AND id = $2 AND status = 'active';

-- name: placeDevice
UPDATE device SET counter = $3 WHERE province = $1 AND id = $2;

-- name: questionnaires
SELECT id, version, body, made_at AS "madeAt" FROM questionnaire WHERE province = $1 ORDER BY id, version DESC;

-- name: questionnaire
SELECT body FROM questionnaire WHERE province = $1 AND id = $2 AND version = $3;

-- name: addQuestionnaire
INSERT INTO questionnaire (province, id, version, body, made_by, made_at) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT DO NOTHING RETURNING id;

-- name: settings
SELECT unit, questionnaire, questionnaire_version AS version, is_out_of_service AS "isOutOfService", rules
FROM kiosk_setting WHERE province = $1;

-- name: saveSetting
INSERT INTO kiosk_setting (province, unit, questionnaire, questionnaire_version, is_out_of_service, rules)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (province, unit) DO UPDATE SET questionnaire = excluded.questionnaire,
  questionnaire_version = excluded.questionnaire_version, is_out_of_service = excluded.is_out_of_service,
  rules = excluded.rules;

-- name: counters
SELECT id, unit, name FROM counter WHERE province = $1 AND is_active ORDER BY name, id;

-- name: sharedClips
SELECT language, phrase, sha256, mime, octet_length(content) AS bytes FROM clip
WHERE province = $1 AND stage = 'shared' ORDER BY language, phrase LIMIT 2000;

-- name: listClips
SELECT c.sha256, c.language, c.phrase, c.mime, octet_length(c.content) AS bytes, c.stage, d.name AS "deviceName",
  u.name AS "unitName", c.made_at AS "madeAt", c.decided_at AS "decidedAt"
FROM clip c JOIN device d ON d.province = c.province AND d.id = c.device
JOIN unit u ON u.province = d.province AND u.id = d.unit
WHERE c.province = $1 ORDER BY c.language, c.phrase, c.made_at DESC, c.sha256 LIMIT 5000;

-- name: readClip
SELECT mime, content FROM clip WHERE province = $1 AND sha256 = $2;

-- name: lockClip
SELECT language, phrase, stage FROM clip WHERE province = $1 AND sha256 = $2 FOR UPDATE;

-- name: replaceShared
UPDATE clip SET stage = 'withdrawn', decided_by = $5, decided_at = $6
WHERE province = $1 AND language = $2 AND phrase = $3 AND sha256 <> $4 AND stage = 'shared';

-- name: stageClip
UPDATE clip SET stage = $3, decided_by = $4, decided_at = $5 WHERE province = $1 AND sha256 = $2;

-- name: waitingClips
SELECT count(*) AS n FROM clip WHERE province = $1 AND device = $2 AND stage = 'proposed';

-- name: addClip
INSERT INTO clip (province, sha256, language, phrase, mime, content, device, made_at)
VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING;

-- name: addComments
INSERT INTO visit_comment (province, hash, salt, text, received_at)
SELECT $1, c.hash, c.salt, c.text, $2 FROM unnest($3::text[], $4::bytea[], $5::text[]) AS c(hash, salt, text)
ORDER BY c.hash COLLATE "C" ON CONFLICT DO NOTHING;

-- name: visibleComment
SELECT hash FROM visit_comment WHERE province = $1 AND hash = $2;

-- name: eraseComment
UPDATE visit_comment SET salt = NULL, text = NULL, erased_at = $3, erased_by = $4
WHERE province = $1 AND hash = $2 AND erased_at IS NULL RETURNING hash;

-- name: listKiosks
SELECT d.id, d.name, d.status, u.id AS "unitId", u.name AS "unitName", d.counter, c.name AS "counterName",
  d.heard_at AS "heardAt",
  coalesce((SELECT sum(s.unsent) FROM device_stream s WHERE s.province = d.province AND s.device = d.id), 0) AS unsent,
  coalesce((SELECT jsonb_agg(jsonb_build_object('topic', w.topic, 'state', w.state, 'at', w.at, 'detail', w.detail)
    ORDER BY w.topic) FROM kiosk_word w WHERE w.province = d.province AND w.device = d.id), '[]') AS words
FROM device d JOIN unit u ON u.province = d.province AND u.id = d.unit
LEFT JOIN counter c ON c.province = d.province AND c.id = d.counter
WHERE d.province = $1 AND d.kind = 'kiosk'
  AND d.unit IN (SELECT descendant FROM unit_closure WHERE province = $1 AND ancestor = $2)
ORDER BY u.name, d.name, d.id;
