-- Webhooks: what others are to be told, until they have heard it.

CREATE SEQUENCE hook_message_ids;

-- One row for each message and each endpoint that is to hear it.
CREATE TABLE hook_message (
    id BIGINT NOT NULL,
    -- empty where it is about no meter
    meter TEXT COLLATE "C" NOT NULL,
    endpoint TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    at BIGINT NOT NULL,
    -- a JSON value; never changed, so that every try sends the same bytes
    body TEXT COLLATE "C" NOT NULL,
    attempts BIGINT NOT NULL,
    not_before BIGINT NOT NULL,
    tried_at BIGINT,
    delivered_at BIGINT,
    -- why the last try failed, one sentence
    outcome TEXT COLLATE "C",
    PRIMARY KEY (meter, id)
);
CREATE INDEX hook_message_id ON hook_message (id);
CREATE INDEX hook_message_due ON hook_message (endpoint, not_before, id)
    WHERE delivered_at IS NULL;
CREATE INDEX hook_message_heard ON hook_message (delivered_at) WHERE delivered_at IS NOT NULL;
CREATE INDEX hook_message_at ON hook_message (at);
