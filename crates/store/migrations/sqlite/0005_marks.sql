-- What tells a task that was lost from an older one of the same meter, also after a restart.

-- The newest task number known when it was asked.
ALTER TABLE slot ADD COLUMN mark INTEGER;

-- The newest task number of each head-end that numbers its tasks.
CREATE TABLE newest_task (
    head_end TEXT NOT NULL PRIMARY KEY,
    number INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
