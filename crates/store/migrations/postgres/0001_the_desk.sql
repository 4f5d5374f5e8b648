-- Numbers are 64-bit, moments are milliseconds since 1970 UTC, flags are 0 or 1.
-- migrations/sqlite has the same tables; a test compares them.
--
-- Every key holds the meter (a case: its subject), and where a table is cut by time also the time,
-- so that a database spread over several machines can spread it without a change here. No
-- constraint crosses meters. Where an id alone is looked up there is a plain index on it.
-- Texts are ordered by their bytes, as SQLite does it.

-- The ids given out. An id is never given twice, also where its row is gone.
CREATE SEQUENCE answer_ids;
CREATE SEQUENCE cases_ids;
CREATE SEQUENCE note_ids;
CREATE SEQUENCE slot_ids;
CREATE SEQUENCE request_ids;
CREATE SEQUENCE import_ids;
CREATE SEQUENCE audit_ids;
CREATE SEQUENCE register_ids;

-- Proof that the disk takes and gives back.
CREATE TABLE heartbeat (
    id BIGINT NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL
);

CREATE TABLE lease (
    name TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    holder TEXT COLLATE "C" NOT NULL,
    until BIGINT NOT NULL,
    fence BIGINT NOT NULL
);

-- The fleet.

CREATE TABLE site (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    name TEXT COLLATE "C",
    zone TEXT COLLATE "C"
);

CREATE TABLE gateway (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    head_end TEXT COLLATE "C",
    name TEXT COLLATE "C",
    site TEXT COLLATE "C",
    online BIGINT,
    online_at BIGINT
);

CREATE TABLE customer (
    id TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    name TEXT,
    phone TEXT COLLATE "C",
    address TEXT COLLATE "C"
);

CREATE TABLE meter (
    number TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    head_end TEXT COLLATE "C",
    site TEXT COLLATE "C",
    gateway TEXT COLLATE "C",
    customer TEXT COLLATE "C",
    phases BIGINT,
    solar BIGINT,
    occupied BIGINT
);
CREATE INDEX meter_site ON meter (site, number);
CREATE INDEX meter_gateway ON meter (gateway, number);
CREATE INDEX meter_customer ON meter (customer);

CREATE TABLE import (
    id BIGINT NOT NULL PRIMARY KEY,
    source TEXT COLLATE "C" NOT NULL,
    who TEXT COLLATE "C" NOT NULL,
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
    kind TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    before TEXT COLLATE "C",
    after TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (import, place)
);

-- What was received. A row of `answer` is never changed; what is left to do stands beside it.

CREATE TABLE answer (
    id BIGINT NOT NULL,
    -- empty where the answer itself has to say it
    meter TEXT COLLATE "C" NOT NULL,
    at BIGINT NOT NULL,
    source TEXT COLLATE "C" NOT NULL,
    asked TEXT COLLATE "C" NOT NULL,
    body TEXT COLLATE "C" NOT NULL,
    slot BIGINT,
    PRIMARY KEY (meter, id, at)
) PARTITION BY RANGE (at);
CREATE INDEX answer_id ON answer (id);
CREATE TABLE answer_rest PARTITION OF answer DEFAULT;

CREATE TABLE answer_pending (
    id BIGINT NOT NULL,
    meter TEXT COLLATE "C" NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (id, meter)
);

CREATE TABLE answer_problem (
    id BIGINT NOT NULL,
    meter TEXT COLLATE "C" NOT NULL,
    problem TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (id, meter)
);

CREATE TABLE event (
    meter TEXT COLLATE "C" NOT NULL,
    local TEXT COLLATE "C" NOT NULL,
    source TEXT COLLATE "C" NOT NULL,
    code BIGINT NOT NULL,
    received BIGINT NOT NULL,
    said TEXT COLLATE "C",
    PRIMARY KEY (meter, local, source, code)
);

CREATE TABLE register (
    id BIGINT NOT NULL PRIMARY KEY,
    word TEXT COLLATE "C" NOT NULL UNIQUE
);

-- Hours first: what arrives together lies together (docs/adr/0013). `ms` is counted within the hour.
-- The widest columns stand first, so that no row is padded.
CREATE TABLE reading (
    hour INTEGER NOT NULL,
    meter TEXT COLLATE "C" NOT NULL,
    register SMALLINT NOT NULL,
    ms INTEGER NOT NULL,
    milli BIGINT NOT NULL,
    PRIMARY KEY (hour, meter, register, ms)
) PARTITION BY RANGE (hour);
CREATE TABLE reading_rest PARTITION OF reading DEFAULT;

-- What follows from it.

CREATE TABLE latest (
    meter TEXT COLLATE "C" NOT NULL,
    item TEXT COLLATE "C" NOT NULL,
    value TEXT COLLATE "C" NOT NULL,
    at BIGINT NOT NULL,
    since BIGINT NOT NULL,
    answer BIGINT,
    PRIMARY KEY (meter, item)
);

CREATE TABLE observation (
    meter TEXT COLLATE "C" NOT NULL,
    at BIGINT NOT NULL,
    item TEXT COLLATE "C" NOT NULL,
    value TEXT COLLATE "C" NOT NULL,
    answer BIGINT
) PARTITION BY RANGE (at);
CREATE INDEX observation_meter ON observation (meter, at);
CREATE TABLE observation_rest PARTITION OF observation DEFAULT;

CREATE TABLE standing (
    meter TEXT COLLATE "C" NOT NULL PRIMARY KEY,
    status TEXT COLLATE "C",
    ami_code BIGINT,
    slug TEXT COLLATE "C" NOT NULL,
    class TEXT COLLATE "C" NOT NULL,
    supply TEXT COLLATE "C" NOT NULL,
    -- empty while it has never been judged
    decision TEXT COLLATE "C" NOT NULL,
    owner TEXT COLLATE "C" NOT NULL,
    severity BIGINT NOT NULL,
    because TEXT COLLATE "C" NOT NULL,
    observed_at BIGINT,
    since BIGINT,
    asked_at BIGINT,
    heard_at BIGINT,
    silent BIGINT NOT NULL
);
CREATE INDEX standing_decision ON standing (decision, meter);
CREATE INDEX standing_slug ON standing (slug, meter);

-- `case` is a word of SQL's own.
CREATE TABLE cases (
    id BIGINT NOT NULL,
    subject_kind TEXT COLLATE "C" NOT NULL,
    subject TEXT COLLATE "C" NOT NULL,
    cause TEXT COLLATE "C" NOT NULL,
    slug TEXT COLLATE "C" NOT NULL,
    class TEXT COLLATE "C" NOT NULL,
    supply TEXT COLLATE "C" NOT NULL,
    decision TEXT COLLATE "C" NOT NULL,
    owner TEXT COLLATE "C" NOT NULL,
    severity BIGINT NOT NULL,
    because TEXT COLLATE "C" NOT NULL,
    site TEXT COLLATE "C",
    gateway TEXT COLLATE "C",
    opened_at BIGINT NOT NULL,
    seen_at BIGINT NOT NULL,
    quiet_since BIGINT,
    flaps BIGINT NOT NULL,
    parent BIGINT,
    closed_at BIGINT,
    closed_why TEXT COLLATE "C",
    PRIMARY KEY (id, subject)
);
CREATE UNIQUE INDEX cases_open ON cases (subject, subject_kind, cause) WHERE closed_at IS NULL;
-- What is filtered by stands in the index, so that a page is found without looking at every case.
CREATE INDEX cases_worklist ON cases
    (severity DESC, opened_at, id, parent, decision, owner, site, cause, closed_at)
    WHERE closed_at IS NULL;
CREATE INDEX cases_site ON cases
    (site, severity DESC, opened_at, id, parent, decision, owner, cause, closed_at)
    WHERE closed_at IS NULL;
CREATE INDEX cases_tally ON cases (site, decision, severity, parent, closed_at)
    WHERE closed_at IS NULL;
CREATE INDEX cases_parent ON cases (parent) WHERE closed_at IS NULL AND parent IS NOT NULL;
CREATE INDEX cases_closed ON cases (severity DESC, opened_at, id) WHERE closed_at IS NOT NULL;
CREATE INDEX cases_subject ON cases (subject, id);

CREATE TABLE note (
    id BIGINT NOT NULL,
    case_id BIGINT NOT NULL,
    subject TEXT COLLATE "C" NOT NULL,
    at BIGINT NOT NULL,
    who TEXT COLLATE "C" NOT NULL,
    said TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (id, subject)
);
CREATE INDEX note_case ON note (case_id, id);

-- What is being asked.

CREATE TABLE slot (
    id BIGINT NOT NULL,
    head_end TEXT COLLATE "C" NOT NULL,
    held_in TEXT COLLATE "C" NOT NULL,
    meter TEXT COLLATE "C" NOT NULL,
    asked TEXT COLLATE "C" NOT NULL,
    request BIGINT,
    at BIGINT NOT NULL,
    horizon BIGINT NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    task TEXT COLLATE "C",
    sent_at BIGINT,
    PRIMARY KEY (id, meter)
);
CREATE UNIQUE INDEX slot_once ON slot (meter, asked);
CREATE INDEX slot_held_in ON slot (head_end, held_in);

CREATE TABLE request (
    id BIGINT NOT NULL,
    meter TEXT COLLATE "C" NOT NULL,
    item TEXT COLLATE "C" NOT NULL,
    priority BIGINT NOT NULL,
    at BIGINT NOT NULL,
    done_at BIGINT,
    outcome TEXT COLLATE "C",
    answer BIGINT,
    PRIMARY KEY (id, meter)
);
CREATE UNIQUE INDEX request_open ON request (meter, item) WHERE done_at IS NULL;

CREATE TABLE audit (
    id BIGINT NOT NULL PRIMARY KEY,
    at BIGINT NOT NULL,
    who TEXT COLLATE "C" NOT NULL,
    what TEXT COLLATE "C" NOT NULL,
    subject TEXT COLLATE "C" NOT NULL,
    detail TEXT COLLATE "C" NOT NULL
);

-- Notes and the audit are only added to.
CREATE FUNCTION only_added_to() RETURNS trigger LANGUAGE plpgsql AS
    $$ BEGIN RAISE EXCEPTION '% is only added to', TG_TABLE_NAME; END $$;
CREATE TRIGGER audit_stays BEFORE UPDATE OR DELETE ON audit
    FOR EACH ROW EXECUTE FUNCTION only_added_to();
CREATE TRIGGER note_stays BEFORE UPDATE OR DELETE ON note
    FOR EACH ROW EXECUTE FUNCTION only_added_to();

-- How many meters are registered, and how many stand at each decision, counted as they change: a
-- page shows it, and a million meters cannot be counted for each page. `shard` keeps nodes that
-- count at the same time apart; the sum over the shards is the count.
CREATE TABLE tally (
    kind TEXT COLLATE "C" NOT NULL,
    word TEXT COLLATE "C" NOT NULL,
    shard BIGINT NOT NULL,
    many BIGINT NOT NULL,
    PRIMARY KEY (kind, word, shard)
);
CREATE FUNCTION add_to_tally(a_kind TEXT, a_word TEXT, more BIGINT) RETURNS void LANGUAGE sql AS $$
    INSERT INTO tally (kind, word, shard, many)
    SELECT a_kind, a_word, pg_backend_pid() % 16, more WHERE more <> 0
    ON CONFLICT (kind, word, shard) DO UPDATE SET many = tally.many + excluded.many
$$;
CREATE FUNCTION meters_come() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    PERFORM add_to_tally('meter', '', (SELECT count(*) FROM these));
    RETURN NULL;
END $$;
CREATE FUNCTION meters_go() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    PERFORM add_to_tally('meter', '', -(SELECT count(*) FROM those));
    RETURN NULL;
END $$;
CREATE FUNCTION standings_come() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    PERFORM add_to_tally('standing', decision, count(*))
        FROM these GROUP BY decision ORDER BY decision;
    RETURN NULL;
END $$;
CREATE FUNCTION standings_go() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    PERFORM add_to_tally('standing', decision, -count(*))
        FROM those GROUP BY decision ORDER BY decision;
    RETURN NULL;
END $$;
CREATE FUNCTION standings_turn() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    PERFORM add_to_tally('standing', decision, sum(many)::bigint) FROM (
        SELECT decision, 1 AS many FROM these UNION ALL SELECT decision, -1 FROM those
    ) AS turned GROUP BY decision HAVING sum(many) <> 0 ORDER BY decision;
    RETURN NULL;
END $$;
CREATE TRIGGER meter_comes AFTER INSERT ON meter REFERENCING NEW TABLE AS these
    FOR EACH STATEMENT EXECUTE FUNCTION meters_come();
CREATE TRIGGER meter_goes AFTER DELETE ON meter REFERENCING OLD TABLE AS those
    FOR EACH STATEMENT EXECUTE FUNCTION meters_go();
CREATE TRIGGER standing_comes AFTER INSERT ON standing REFERENCING NEW TABLE AS these
    FOR EACH STATEMENT EXECUTE FUNCTION standings_come();
CREATE TRIGGER standing_goes AFTER DELETE ON standing REFERENCING OLD TABLE AS those
    FOR EACH STATEMENT EXECUTE FUNCTION standings_go();
CREATE TRIGGER standing_turns AFTER UPDATE ON standing REFERENCING OLD TABLE AS those
    NEW TABLE AS these FOR EACH STATEMENT EXECUTE FUNCTION standings_turn();
