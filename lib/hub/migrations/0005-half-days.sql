-- Time limits of half a working day (0,5) are in the catalogue and in what a unit's own computer takes.
ALTER TABLE procedure_catalogue ALTER COLUMN limit_days TYPE numeric(5, 1);
