-- Webhooks: what others are to be told, until they have heard it.

INSERT INTO counter (kind, last) VALUES ('hook_message', 0);

-- One row for each message and each endpoint that is to hear it.
CREATE TABLE hook_message (
    id INTEGER NOT NULL PRIMARY KEY,
    -- empty where it is about no meter
    meter TEXT NOT NULL,
    endpoint TEXT NOT NULL,
    kind TEXT NOT NULL,
    at INTEGER NOT NULL,
    -- a JSON value; never changed, so that every try sends the same bytes
    body TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    not_before INTEGER NOT NULL,
    tried_at INTEGER,
    delivered_at INTEGER,
    -- why the last try failed, one sentence
    outcome TEXT
) STRICT;
CREATE INDEX hook_message_due ON hook_message (endpoint, not_before, id)
    WHERE delivered_at IS NULL;
CREATE INDEX hook_message_heard ON hook_message (delivered_at) WHERE delivered_at IS NOT NULL;
CREATE INDEX hook_message_at ON hook_message (at);
