-- Several families may run on a tenant's hosts (a migration under way); an administrator confirms what is read there.
ALTER TABLE tenant
  ADD COLUMN families text[] NOT NULL DEFAULT '{}',
  ADD COLUMN agency text NOT NULL DEFAULT '',
  ADD COLUMN status text NOT NULL DEFAULT 'unverified' CHECK (status IN ('verified', 'unverified'));

-- Outgoing documents are kept, never counted with the incoming ones.
ALTER TABLE document ADD COLUMN direction text NOT NULL DEFAULT 'in' CHECK (direction IN ('in', 'out'));
DROP INDEX document_waiting;
CREATE INDEX document_waiting ON document (province, unit, role) INCLUDE (due_day)
  WHERE state = 'waiting' AND direction = 'in';
