-- Commands: what people want done at a meter, and everything that happened to it.

CREATE SEQUENCE command_ids;

-- The slot of a command names it.
ALTER TABLE slot ADD COLUMN command BIGINT;

CREATE TABLE command (
    meter TEXT COLLATE "C" NOT NULL,
    id BIGINT NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    -- JSON; of a token only its last digits
    args TEXT COLLATE "C" NOT NULL,
    reason TEXT COLLATE "C" NOT NULL,
    who TEXT COLLATE "C" NOT NULL,
    -- by which door: a session, an API key, the command line
    via TEXT COLLATE "C" NOT NULL,
    -- the requester's own name for it, and what was asked under that name
    intent TEXT COLLATE "C",
    digest TEXT COLLATE "C" NOT NULL,
    site TEXT COLLATE "C",
    head_end TEXT COLLATE "C" NOT NULL,
    -- whether it changes something at the meter, may move the relay, may darken a home
    physical BIGINT NOT NULL,
    relay BIGINT NOT NULL,
    darkens BIGINT NOT NULL,
    priority BIGINT NOT NULL,
    at BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    -- how often it was moved: who moves it names the number that he has seen
    rev BIGINT NOT NULL,
    since BIGINT NOT NULL,
    -- empty where nothing more is done about it
    deadline BIGINT,
    queue_until BIGINT,
    sent_at BIGINT,
    dispatched_at BIGINT,
    -- the second person
    second TEXT COLLATE "C",
    -- the newest task known before it was sent, and its own
    mark TEXT COLLATE "C",
    task TEXT COLLATE "C",
    -- what was known before it was sent, how it was proved, how it ended: JSON, JSON, a sentence
    before TEXT COLLATE "C",
    proof TEXT COLLATE "C",
    outcome TEXT COLLATE "C",
    -- the fence of the lease whose holder works on it
    taken BIGINT NOT NULL,
    PRIMARY KEY (meter, id)
);
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
    meter TEXT COLLATE "C" NOT NULL,
    command BIGINT NOT NULL,
    rev BIGINT NOT NULL,
    at BIGINT NOT NULL,
    event TEXT COLLATE "C" NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    who TEXT COLLATE "C",
    said TEXT COLLATE "C",
    PRIMARY KEY (meter, command, rev)
);
CREATE TRIGGER command_event_stays BEFORE UPDATE OR DELETE ON command_event
    FOR EACH ROW EXECUTE FUNCTION only_added_to();

-- The token ledger: who had which token made for what, and what became of it. The digits are kept
-- sealed until the command has ended, and masked for ever.
CREATE TABLE token (
    meter TEXT COLLATE "C" NOT NULL,
    command BIGINT NOT NULL,
    at BIGINT NOT NULL,
    purpose TEXT COLLATE "C" NOT NULL,
    minted BIGINT NOT NULL,
    masked TEXT COLLATE "C" NOT NULL,
    digest TEXT COLLATE "C" NOT NULL,
    sealed TEXT COLLATE "C",
    PRIMARY KEY (meter, command)
);
CREATE INDEX token_at ON token (at);
