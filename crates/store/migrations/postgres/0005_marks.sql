-- What tells a task that was lost from an older one of the same meter, also after a restart.

-- The newest task number known when it was asked.
ALTER TABLE slot ADD COLUMN mark BIGINT;

-- The newest task number of each head-end that numbers its tasks.
CREATE TABLE newest_task (
    head_end TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    number BIGINT NOT NULL
);
