-- Commands: what people want done at a meter, and everything that happened to it.

INSERT INTO counter (kind, last) VALUES ('command', 0);

-- The slot of a command names it.
ALTER TABLE slot ADD COLUMN command INTEGER;

CREATE TABLE command (
    meter TEXT NOT NULL,
    id INTEGER NOT NULL,
    kind TEXT NOT NULL,
    -- JSON; of a token only its last digits
    args TEXT NOT NULL,
    reason TEXT NOT NULL,
    who TEXT NOT NULL,
    -- by which door: a session, an API key, the command line
    via TEXT NOT NULL,
    -- the requester's own name for it, and what was asked under that name
    intent TEXT,
    digest TEXT NOT NULL,
    site TEXT,
    head_end TEXT NOT NULL,
    -- whether it changes something at the meter, may move the relay, may darken a home
    physical INTEGER NOT NULL,
    relay INTEGER NOT NULL,
    darkens INTEGER NOT NULL,
    priority INTEGER NOT NULL,
    at INTEGER NOT NULL,
    state TEXT NOT NULL,
    -- how often it was moved: who moves it names the number that he has seen
    rev INTEGER NOT NULL,
    since INTEGER NOT NULL,
    -- empty where nothing more is done about it
    deadline INTEGER,
    queue_until INTEGER,
    sent_at INTEGER,
    dispatched_at INTEGER,
    -- the second person
    second TEXT,
    -- the newest task known before it was sent, and its own
    mark TEXT,
    task TEXT,
    -- what was known before it was sent, how it was proved, how it ended: JSON, JSON, a sentence
    before TEXT,
    proof TEXT,
    outcome TEXT,
    -- the fence of the lease whose holder works on it
    taken INTEGER NOT NULL,
    PRIMARY KEY (meter, id)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX command_intent ON command (meter, intent) WHERE intent IS NOT NULL;
-- at most one act is under way at a meter, whatever a program believes
CREATE UNIQUE INDEX command_one ON command (meter)
    WHERE physical = 1 AND state IN ('sending', 'accepted', 'unknown');
CREATE INDEX command_work ON command (head_end, taken, id) WHERE deadline IS NOT NULL;
CREATE INDEX command_due ON command (deadline) WHERE deadline IS NOT NULL;
CREATE INDEX command_dark ON command (site, sent_at) WHERE darkens = 1 AND sent_at IS NOT NULL;
CREATE INDEX command_newest ON command (id);
CREATE INDEX command_state ON command (state, id);

-- Everything that happened to a command, in its order.
CREATE TABLE command_event (
    meter TEXT NOT NULL,
    command INTEGER NOT NULL,
    rev INTEGER NOT NULL,
    at INTEGER NOT NULL,
    event TEXT NOT NULL,
    state TEXT NOT NULL,
    who TEXT,
    said TEXT,
    PRIMARY KEY (meter, command, rev)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER command_event_stays BEFORE UPDATE ON command_event
    BEGIN SELECT RAISE(ABORT, 'command_event is only added to'); END;
CREATE TRIGGER command_event_is_kept BEFORE DELETE ON command_event
    BEGIN SELECT RAISE(ABORT, 'command_event is only added to'); END;

-- The token ledger: who had which token made for what, and what became of it. The digits are kept
-- sealed until the command has ended, and masked for ever.
CREATE TABLE token (
    meter TEXT NOT NULL,
    command INTEGER NOT NULL,
    at INTEGER NOT NULL,
    purpose TEXT NOT NULL,
    minted INTEGER NOT NULL,
    masked TEXT NOT NULL,
    digest TEXT NOT NULL,
    sealed TEXT,
    PRIMARY KEY (meter, command)
) STRICT, WITHOUT ROWID;
CREATE INDEX token_at ON token (at);
