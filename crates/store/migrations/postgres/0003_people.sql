-- People: who may do what, what they hold back, and the chain of what they did.

CREATE SEQUENCE api_key_ids;
CREATE SEQUENCE hold_ids;
CREATE SEQUENCE finding_ids;
DROP SEQUENCE audit_ids;

-- A name is never given to anybody else, so nobody is ever removed.
CREATE TABLE person (
    name TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    role TEXT COLLATE "C" NOT NULL,
    -- also begun anew when somebody else gives a password or a key
    role_since BIGINT NOT NULL,
    revenue_protection BIGINT NOT NULL,
    since BIGINT NOT NULL,
    disabled_at BIGINT,
    -- argon2id, with its salt; empty for who has keys only
    password TEXT COLLATE "C"
);

-- Of sessions and keys only the SHA-256 is kept.
CREATE TABLE session (
    fingerprint TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    person TEXT COLLATE "C" NOT NULL,
    at BIGINT NOT NULL,
    until BIGINT NOT NULL
);
CREATE INDEX session_person ON session (person);
CREATE INDEX session_until ON session (until);

CREATE TABLE api_key (
    id BIGINT NOT NULL PRIMARY KEY,
    fingerprint TEXT COLLATE "C" NOT NULL,
    person TEXT COLLATE "C" NOT NULL,
    label TEXT COLLATE "C" NOT NULL,
    made_by TEXT COLLATE "C" NOT NULL,
    at BIGINT NOT NULL,
    until BIGINT,
    revoked_at BIGINT
);
CREATE UNIQUE INDEX api_key_fingerprint ON api_key (fingerprint);
CREATE INDEX api_key_person ON api_key (person);

-- What keeps a meter from being switched.
CREATE TABLE hold (
    id BIGINT NOT NULL,
    meter TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    who TEXT COLLATE "C" NOT NULL,
    why TEXT COLLATE "C" NOT NULL,
    at BIGINT NOT NULL,
    released_at BIGINT,
    PRIMARY KEY (id, meter)
);
CREATE INDEX hold_open ON hold (meter) WHERE released_at IS NULL;

-- Who agreed to its release, the first of two persons too.
CREATE TABLE hold_release (
    meter TEXT COLLATE "C" NOT NULL,
    hold BIGINT NOT NULL,
    who TEXT COLLATE "C" NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (meter, hold, who)
);

-- Evidence: what somebody found at a meter.
CREATE TABLE finding (
    id BIGINT NOT NULL,
    meter TEXT COLLATE "C" NOT NULL,
    at BIGINT NOT NULL,
    who TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    said TEXT COLLATE "C" NOT NULL,
    seal_before TEXT COLLATE "C",
    seal_after TEXT COLLATE "C",
    -- the SHA-256 of a photograph that is kept elsewhere
    photo TEXT COLLATE "C",
    PRIMARY KEY (id, meter)
);
CREATE INDEX finding_meter ON finding (meter, id);

-- Whether all acts are stopped. One row, or none while nobody ever stopped anything.
CREATE TABLE stop (
    id BIGINT NOT NULL PRIMARY KEY,
    stopped BIGINT NOT NULL,
    who TEXT COLLATE "C" NOT NULL,
    at BIGINT NOT NULL,
    why TEXT COLLATE "C" NOT NULL
);

-- What people did, one chain for each site (docs/adr/0014). What the table `audit` held is linked
-- into the chain without a site while this step is taken, and the table goes.
CREATE TABLE chain (
    site TEXT COLLATE "C" NOT NULL,
    n BIGINT NOT NULL,
    at BIGINT NOT NULL,
    who TEXT COLLATE "C" NOT NULL,
    via TEXT COLLATE "C" NOT NULL,
    what TEXT COLLATE "C" NOT NULL,
    subject TEXT COLLATE "C" NOT NULL,
    detail TEXT COLLATE "C" NOT NULL,
    hash TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (site, n)
);
CREATE INDEX chain_at ON chain (at, site, n);
CREATE INDEX chain_subject ON chain (subject, at, site, n);

-- Where the chains stood, signed: a line of JSON, as it is kept outside too.
CREATE TABLE anchor (
    n BIGINT NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL,
    line TEXT COLLATE "C" NOT NULL
);

-- The evidence, the chain and its anchors are only added to.
CREATE TRIGGER finding_stays BEFORE UPDATE OR DELETE ON finding
    FOR EACH ROW EXECUTE FUNCTION only_added_to();
CREATE TRIGGER finding_is_kept BEFORE TRUNCATE ON finding
    FOR EACH STATEMENT EXECUTE FUNCTION only_added_to();
CREATE TRIGGER chain_stays BEFORE UPDATE OR DELETE ON chain
    FOR EACH ROW EXECUTE FUNCTION only_added_to();
CREATE TRIGGER chain_is_kept BEFORE TRUNCATE ON chain
    FOR EACH STATEMENT EXECUTE FUNCTION only_added_to();
CREATE TRIGGER anchor_stays BEFORE UPDATE OR DELETE ON anchor
    FOR EACH ROW EXECUTE FUNCTION only_added_to();
CREATE TRIGGER anchor_is_kept BEFORE TRUNCATE ON anchor
    FOR EACH STATEMENT EXECUTE FUNCTION only_added_to();
