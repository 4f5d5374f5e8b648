-- Numbers are 64-bit, moments are milliseconds since 1970 UTC, flags are 0 or 1.
-- migrations/postgres has the same tables; a test compares them.

-- The last id given out of each kind. An id is never given twice, also where its row is gone.
CREATE TABLE counter (
    kind TEXT NOT NULL PRIMARY KEY,
    last BIGINT NOT NULL
) ;
INSERT INTO counter (kind, last) VALUES
    ('answer', 0), ('cases', 0), ('note', 0), ('slot', 0), ('request', 0), ('import', 0),
    ('audit', 0), ('register', 0);

-- Proof that the disk takes and gives back.
CREATE TABLE heartbeat (
    id BIGINT NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL
);

CREATE TABLE lease (
    name TEXT NOT NULL PRIMARY KEY,
    holder TEXT NOT NULL,
    until BIGINT NOT NULL,
    fence BIGINT NOT NULL
) ;

-- The fleet.

CREATE TABLE site (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT,
    zone TEXT
) ;

CREATE TABLE gateway (
    id TEXT NOT NULL PRIMARY KEY,
    head_end TEXT,
    name TEXT,
    site TEXT,
    online BIGINT,
    online_at BIGINT
) ;

CREATE TABLE customer (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT,
    phone TEXT,
    address TEXT
) ;

CREATE TABLE meter (
    number TEXT NOT NULL PRIMARY KEY,
    head_end TEXT,
    site TEXT,
    gateway TEXT,
    customer TEXT,
    phases BIGINT,
    solar BIGINT,
    occupied BIGINT
) ;
CREATE INDEX meter_site ON meter (site, number);
CREATE INDEX meter_gateway ON meter (gateway, number);
CREATE INDEX meter_customer ON meter (customer);

CREATE TABLE import (
    id BIGINT NOT NULL PRIMARY KEY,
    source TEXT NOT NULL,
    who TEXT NOT NULL,
    at BIGINT NOT NULL,
    added BIGINT NOT NULL,
    changed BIGINT NOT NULL,
    same BIGINT NOT NULL,
    undone_at BIGINT
);

-- What an import found and left, so that it can be undone.
CREATE TABLE import_row (
    import BIGINT NOT NULL,
    place BIGINT NOT NULL,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    before TEXT,
    after TEXT NOT NULL,
    PRIMARY KEY (import, place)
) ;

-- What was received. A row of `answer` is never changed; what is left to do stands beside it.

CREATE TABLE answer (
    id BIGINT NOT NULL PRIMARY KEY,
    -- empty where the answer itself has to say it
    meter TEXT NOT NULL,
    at BIGINT NOT NULL,
    source TEXT NOT NULL,
    asked TEXT NOT NULL,
    body TEXT NOT NULL,
    slot BIGINT
);
CREATE INDEX answer_meter ON answer (meter, id);

CREATE TABLE answer_pending (
    id BIGINT NOT NULL PRIMARY KEY,
    meter TEXT NOT NULL,
    at BIGINT NOT NULL
);

CREATE TABLE answer_problem (
    id BIGINT NOT NULL PRIMARY KEY,
    meter TEXT NOT NULL,
    problem TEXT NOT NULL
);

CREATE TABLE event (
    meter TEXT NOT NULL,
    local TEXT NOT NULL,
    source TEXT NOT NULL,
    code BIGINT NOT NULL,
    received BIGINT NOT NULL,
    said TEXT,
    PRIMARY KEY (meter, local, source, code)
) ;

CREATE TABLE register (
    id BIGINT NOT NULL PRIMARY KEY,
    word TEXT NOT NULL UNIQUE
);

CREATE TABLE reading (
    day BIGINT NOT NULL,
    meter TEXT NOT NULL,
    register BIGINT NOT NULL,
    at BIGINT NOT NULL,
    milli BIGINT NOT NULL,
    PRIMARY KEY (day, meter, register, at)
) ;

-- What follows from it.

CREATE TABLE latest (
    meter TEXT NOT NULL,
    item TEXT NOT NULL,
    value TEXT NOT NULL,
    at BIGINT NOT NULL,
    since BIGINT NOT NULL,
    answer BIGINT,
    PRIMARY KEY (meter, item)
) ;

CREATE TABLE observation (
    meter TEXT NOT NULL,
    at BIGINT NOT NULL,
    item TEXT NOT NULL,
    value TEXT NOT NULL,
    answer BIGINT
);
CREATE INDEX observation_meter ON observation (meter, at);

CREATE TABLE standing (
    meter TEXT NOT NULL PRIMARY KEY,
    status TEXT,
    ami_code BIGINT,
    slug TEXT NOT NULL,
    class TEXT NOT NULL,
    supply TEXT NOT NULL,
    -- empty while it has never been judged
    decision TEXT NOT NULL,
    owner TEXT NOT NULL,
    severity BIGINT NOT NULL,
    because TEXT NOT NULL,
    observed_at BIGINT,
    since BIGINT,
    asked_at BIGINT,
    heard_at BIGINT,
    silent BIGINT NOT NULL
) ;
CREATE INDEX standing_decision ON standing (decision, meter);
CREATE INDEX standing_slug ON standing (slug, meter);

-- `case` is a word of SQL's own.
CREATE TABLE cases (
    id BIGINT NOT NULL PRIMARY KEY,
    subject_kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    cause TEXT NOT NULL,
    slug TEXT NOT NULL,
    class TEXT NOT NULL,
    supply TEXT NOT NULL,
    decision TEXT NOT NULL,
    owner TEXT NOT NULL,
    severity BIGINT NOT NULL,
    because TEXT NOT NULL,
    site TEXT,
    gateway TEXT,
    opened_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    quiet_since BIGINT,
    flaps BIGINT NOT NULL,
    parent BIGINT,
    closed_at BIGINT,
    closed_why TEXT
);
CREATE UNIQUE INDEX cases_open ON cases (subject, subject_kind, cause) WHERE closed_at IS NULL;
CREATE INDEX cases_worklist ON cases
    (severity DESC, opened_at, id, parent, decision, owner, site, cause) WHERE closed_at IS NULL;
CREATE INDEX cases_site ON cases
    (site, severity DESC, opened_at, id, parent, decision, owner, cause) WHERE closed_at IS NULL;
CREATE INDEX cases_parent ON cases (parent) WHERE closed_at IS NULL AND parent IS NOT NULL;
CREATE INDEX cases_closed ON cases (severity DESC, opened_at, id) WHERE closed_at IS NOT NULL;
CREATE INDEX cases_subject ON cases (subject, id);

CREATE TABLE note (
    id BIGINT NOT NULL PRIMARY KEY,
    case_id BIGINT NOT NULL,
    subject TEXT NOT NULL,
    at BIGINT NOT NULL,
    who TEXT NOT NULL,
    said TEXT NOT NULL
);
CREATE INDEX note_case ON note (case_id, id);

-- What is being asked.

CREATE TABLE slot (
    id BIGINT NOT NULL PRIMARY KEY,
    head_end TEXT NOT NULL,
    held_in TEXT NOT NULL,
    meter TEXT NOT NULL,
    asked TEXT NOT NULL,
    request BIGINT,
    at BIGINT NOT NULL,
    horizon BIGINT NOT NULL,
    state TEXT NOT NULL,
    task TEXT,
    sent_at BIGINT
);
CREATE UNIQUE INDEX slot_once ON slot (meter, asked);
CREATE INDEX slot_held_in ON slot (head_end, held_in);

CREATE TABLE request (
    id BIGINT NOT NULL PRIMARY KEY,
    meter TEXT NOT NULL,
    item TEXT NOT NULL,
    priority BIGINT NOT NULL,
    at BIGINT NOT NULL,
    done_at BIGINT,
    outcome TEXT,
    answer BIGINT
);
CREATE UNIQUE INDEX request_open ON request (meter, item) WHERE done_at IS NULL;

CREATE TABLE audit (
    id BIGINT NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL,
    who TEXT NOT NULL,
    what TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL
);

-- Notes, raw answers and the audit are only added to.
CREATE TRIGGER audit_stays BEFORE UPDATE ON audit
    BEGIN SELECT RAISE(ABORT, 'audit is only added to'); END;
CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit
    BEGIN SELECT RAISE(ABORT, 'audit is only added to'); END;
CREATE TRIGGER note_stays BEFORE UPDATE ON note
    BEGIN SELECT RAISE(ABORT, 'note is only added to'); END;
CREATE TRIGGER note_is_kept BEFORE DELETE ON note
    BEGIN SELECT RAISE(ABORT, 'note is only added to'); END;
CREATE TRIGGER answer_stays BEFORE UPDATE ON answer
    BEGIN SELECT RAISE(ABORT, 'answer is only added to'); END;
