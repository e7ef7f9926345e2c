-- name: addProvince
INSERT INTO province (id, hub) VALUES ($1, $2) ON CONFLICT DO NOTHING;

-- name: addPlaceholder
INSERT INTO unit (province, id, name, kind, is_placeholder)
SELECT $1, $2, 'Tỉnh (chưa nhập danh mục đơn vị)', 'province', true
WHERE NOT EXISTS (SELECT 1 FROM unit WHERE province = $1);

-- name: addPlaceholderClosure
INSERT INTO unit_closure (province, ancestor, descendant)
SELECT $1, $2, $2 WHERE EXISTS (SELECT 1 FROM unit WHERE province = $1 AND id = $2 AND is_placeholder)
ON CONFLICT DO NOTHING;

-- name: addSecret
INSERT INTO secret (province, name, wrapped) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING;

-- name: secrets
SELECT name, wrapped FROM secret WHERE province = $1;

-- name: hub
SELECT hub FROM province WHERE id = $1;
