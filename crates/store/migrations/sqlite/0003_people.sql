-- People: who may do what, what they hold back, and the chain of what they did.

INSERT INTO counter (kind, last) VALUES ('api_key', 0), ('hold', 0), ('finding', 0);
DELETE FROM counter WHERE kind = 'audit';

-- A name is never given to anybody else, so nobody is ever removed.
CREATE TABLE person (
    name TEXT NOT NULL PRIMARY KEY,
    role TEXT NOT NULL,
    -- also begun anew when somebody else gives a password or a key
    role_since INTEGER NOT NULL,
    revenue_protection INTEGER NOT NULL,
    since INTEGER NOT NULL,
    disabled_at INTEGER,
    -- argon2id, with its salt; empty for who has keys only
    password TEXT
) STRICT, WITHOUT ROWID;

-- Of sessions and keys only the SHA-256 is kept.
CREATE TABLE session (
    fingerprint TEXT NOT NULL PRIMARY KEY,
    person TEXT NOT NULL,
    at INTEGER NOT NULL,
    until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX session_person ON session (person);
CREATE INDEX session_until ON session (until);

CREATE TABLE api_key (
    id INTEGER NOT NULL PRIMARY KEY,
    fingerprint TEXT NOT NULL,
    person TEXT NOT NULL,
    label TEXT NOT NULL,
    made_by TEXT NOT NULL,
    at INTEGER NOT NULL,
    until INTEGER,
    revoked_at INTEGER
) STRICT;
CREATE UNIQUE INDEX api_key_fingerprint ON api_key (fingerprint);
CREATE INDEX api_key_person ON api_key (person);

-- What keeps a meter from being switched.
CREATE TABLE hold (
    id INTEGER NOT NULL PRIMARY KEY,
    meter TEXT NOT NULL,
    kind TEXT NOT NULL,
    who TEXT NOT NULL,
    why TEXT NOT NULL,
    at INTEGER NOT NULL,
    released_at INTEGER
) STRICT;
CREATE INDEX hold_open ON hold (meter) WHERE released_at IS NULL;

-- Who agreed to its release, the first of two persons too.
CREATE TABLE hold_release (
    meter TEXT NOT NULL,
    hold INTEGER NOT NULL,
    who TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (meter, hold, who)
) STRICT, WITHOUT ROWID;

-- Evidence: what somebody found at a meter.
CREATE TABLE finding (
    id INTEGER NOT NULL PRIMARY KEY,
    meter TEXT NOT NULL,
    at INTEGER NOT NULL,
    who TEXT NOT NULL,
    kind TEXT NOT NULL,
    said TEXT NOT NULL,
    seal_before TEXT,
    seal_after TEXT,
    -- the SHA-256 of a photograph that is kept elsewhere
    photo TEXT
) STRICT;
CREATE INDEX finding_meter ON finding (meter, id);

-- Whether all acts are stopped. One row, or none while nobody ever stopped anything.
CREATE TABLE stop (
    id INTEGER NOT NULL PRIMARY KEY,
    stopped INTEGER NOT NULL,
    who TEXT NOT NULL,
    at INTEGER NOT NULL,
    why TEXT NOT NULL
) STRICT;

-- What people did, one chain for each site (docs/adr/0014). What the table `audit` held is linked
-- into the chain without a site while this step is taken, and the table goes.
CREATE TABLE chain (
    site TEXT NOT NULL,
    n INTEGER NOT NULL,
    at INTEGER NOT NULL,
    who TEXT NOT NULL,
    via TEXT NOT NULL,
    what TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (site, n)
) STRICT, WITHOUT ROWID;
CREATE INDEX chain_at ON chain (at, site, n);
CREATE INDEX chain_subject ON chain (subject, at, site, n);

-- Where the chains stood, signed: a line of JSON, as it is kept outside too.
CREATE TABLE anchor (
    n INTEGER NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL,
    line TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The evidence, the chain and its anchors are only added to.
CREATE TRIGGER finding_stays BEFORE UPDATE ON finding
    BEGIN SELECT RAISE(ABORT, 'finding is only added to'); END;
CREATE TRIGGER finding_is_kept BEFORE DELETE ON finding
    BEGIN SELECT RAISE(ABORT, 'finding is only added to'); END;
CREATE TRIGGER chain_stays BEFORE UPDATE ON chain
    BEGIN SELECT RAISE(ABORT, 'chain is only added to'); END;
CREATE TRIGGER chain_is_kept BEFORE DELETE ON chain
    BEGIN SELECT RAISE(ABORT, 'chain is only added to'); END;
CREATE TRIGGER anchor_stays BEFORE UPDATE ON anchor
    BEGIN SELECT RAISE(ABORT, 'anchor is only added to'); END;
CREATE TRIGGER anchor_is_kept BEFORE DELETE ON anchor
    BEGIN SELECT RAISE(ABORT, 'anchor is only added to'); END;
