PRAGMA application_id = 1128352845;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE calinmeter_schema (version BIGINT NOT NULL PRIMARY KEY, name TEXT NOT NULL);
INSERT INTO calinmeter_schema VALUES(1,'the desk');
CREATE TABLE counter (
    kind TEXT NOT NULL PRIMARY KEY,
    last INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO counter VALUES('answer',2);
INSERT INTO counter VALUES('audit',1);
INSERT INTO counter VALUES('cases',1);
INSERT INTO counter VALUES('import',0);
INSERT INTO counter VALUES('note',0);
INSERT INTO counter VALUES('register',1);
INSERT INTO counter VALUES('request',0);
INSERT INTO counter VALUES('slot',0);
CREATE TABLE heartbeat (
    id INTEGER NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL
) STRICT;
CREATE TABLE lease (
    name TEXT NOT NULL PRIMARY KEY,
    holder TEXT NOT NULL,
    until INTEGER NOT NULL,
    fence INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE site (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT,
    zone TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE gateway (
    id TEXT NOT NULL PRIMARY KEY,
    head_end TEXT,
    name TEXT,
    site TEXT,
    online INTEGER,
    online_at INTEGER
) STRICT, WITHOUT ROWID;
CREATE TABLE customer (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT,
    phone TEXT,
    address TEXT
) STRICT, WITHOUT ROWID;
CREATE TABLE meter (
    number TEXT NOT NULL PRIMARY KEY,
    head_end TEXT,
    site TEXT,
    gateway TEXT,
    customer TEXT,
    phases INTEGER,
    solar INTEGER,
    occupied INTEGER
) STRICT, WITHOUT ROWID;
INSERT INTO meter VALUES('47001582544',NULL,'S1',NULL,NULL,NULL,NULL,NULL);
INSERT INTO meter VALUES('47003104321',NULL,'S1',NULL,NULL,NULL,NULL,NULL);
CREATE TABLE import (
    id INTEGER NOT NULL PRIMARY KEY,
    source TEXT NOT NULL,
    who TEXT NOT NULL,
    at INTEGER NOT NULL,
    added INTEGER NOT NULL,
    changed INTEGER NOT NULL,
    same INTEGER NOT NULL,
    undone_at INTEGER
) STRICT;
CREATE TABLE import_row (
    import INTEGER NOT NULL,
    place INTEGER NOT NULL,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    before TEXT,
    after TEXT NOT NULL,
    PRIMARY KEY (import, place)
) STRICT, WITHOUT ROWID;
CREATE TABLE answer (
    id INTEGER NOT NULL PRIMARY KEY,
    -- empty where the answer itself has to say it
    meter TEXT NOT NULL,
    at INTEGER NOT NULL,
    source TEXT NOT NULL,
    asked TEXT NOT NULL,
    body TEXT NOT NULL,
    slot INTEGER
) STRICT;
INSERT INTO answer VALUES(1,'47001582544',1767225600000,'main','operating_status','{"data":"1000"}',NULL);
INSERT INTO answer VALUES(2,'47003104321',5,'main','operating_status','{"data":"1000"}',NULL);
CREATE TABLE answer_pending (
    id INTEGER NOT NULL PRIMARY KEY,
    meter TEXT NOT NULL,
    at INTEGER NOT NULL
) STRICT;
INSERT INTO answer_pending VALUES(2,'47003104321',5);
CREATE TABLE answer_problem (
    id INTEGER NOT NULL PRIMARY KEY,
    meter TEXT NOT NULL,
    problem TEXT NOT NULL
) STRICT;
CREATE TABLE event (
    meter TEXT NOT NULL,
    local TEXT NOT NULL,
    source TEXT NOT NULL,
    code INTEGER NOT NULL,
    received INTEGER NOT NULL,
    said TEXT,
    PRIMARY KEY (meter, local, source, code)
) STRICT, WITHOUT ROWID;
CREATE TABLE register (
    id INTEGER NOT NULL PRIMARY KEY,
    word TEXT NOT NULL UNIQUE
) STRICT;
INSERT INTO register VALUES(1,'kwh');
CREATE TABLE reading (
    hour INTEGER NOT NULL,
    meter TEXT NOT NULL,
    register INTEGER NOT NULL,
    ms INTEGER NOT NULL,
    milli INTEGER NOT NULL,
    PRIMARY KEY (hour, meter, register, ms)
) STRICT, WITHOUT ROWID;
INSERT INTO reading VALUES(490896,'47001582544',1,0,12345);
CREATE TABLE latest (
    meter TEXT NOT NULL,
    item TEXT NOT NULL,
    value TEXT NOT NULL,
    at INTEGER NOT NULL,
    since INTEGER NOT NULL,
    answer INTEGER,
    PRIMARY KEY (meter, item)
) STRICT, WITHOUT ROWID;
CREATE TABLE observation (
    meter TEXT NOT NULL,
    at INTEGER NOT NULL,
    item TEXT NOT NULL,
    value TEXT NOT NULL,
    answer INTEGER
) STRICT;
CREATE TABLE standing (
    meter TEXT NOT NULL PRIMARY KEY,
    status TEXT,
    ami_code INTEGER,
    slug TEXT NOT NULL,
    class TEXT NOT NULL,
    supply TEXT NOT NULL,
    -- empty while it has never been judged
    decision TEXT NOT NULL,
    owner TEXT NOT NULL,
    severity INTEGER NOT NULL,
    because TEXT NOT NULL,
    observed_at INTEGER,
    since INTEGER,
    asked_at INTEGER,
    heard_at INTEGER,
    silent INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO standing VALUES('47001582544','1003',1003,'bypass-suspected','load','off','visit','operations',3,'{"en":["It says so."]}',7,7,NULL,7,0);
CREATE TABLE cases (
    id INTEGER NOT NULL PRIMARY KEY,
    subject_kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    cause TEXT NOT NULL,
    slug TEXT NOT NULL,
    class TEXT NOT NULL,
    supply TEXT NOT NULL,
    decision TEXT NOT NULL,
    owner TEXT NOT NULL,
    severity INTEGER NOT NULL,
    because TEXT NOT NULL,
    site TEXT,
    gateway TEXT,
    opened_at INTEGER NOT NULL,
    seen_at INTEGER NOT NULL,
    quiet_since INTEGER,
    flaps INTEGER NOT NULL,
    parent INTEGER,
    closed_at INTEGER,
    closed_why TEXT
) STRICT;
INSERT INTO cases VALUES(1,'meter','47001582544','bypass-suspected','bypass-suspected','load','off','office','operations',3,'{"en":["It says so."]}',NULL,NULL,7,7,NULL,0,NULL,NULL,NULL);
CREATE TABLE note (
    id INTEGER NOT NULL PRIMARY KEY,
    case_id INTEGER NOT NULL,
    subject TEXT NOT NULL,
    at INTEGER NOT NULL,
    who TEXT NOT NULL,
    said TEXT NOT NULL
) STRICT;
CREATE TABLE slot (
    id INTEGER NOT NULL PRIMARY KEY,
    head_end TEXT NOT NULL,
    held_in TEXT NOT NULL,
    meter TEXT NOT NULL,
    asked TEXT NOT NULL,
    request INTEGER,
    at INTEGER NOT NULL,
    horizon INTEGER NOT NULL,
    state TEXT NOT NULL,
    task TEXT,
    sent_at INTEGER
) STRICT;
CREATE TABLE request (
    id INTEGER NOT NULL PRIMARY KEY,
    meter TEXT NOT NULL,
    item TEXT NOT NULL,
    priority INTEGER NOT NULL,
    at INTEGER NOT NULL,
    done_at INTEGER,
    outcome TEXT,
    answer INTEGER
) STRICT;
CREATE TABLE audit (
    id INTEGER NOT NULL PRIMARY KEY,
    at INTEGER NOT NULL,
    who TEXT NOT NULL,
    what TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL
) STRICT;
INSERT INTO audit VALUES(1,7,'desk','import','fleet.csv','{}');
CREATE TABLE tally (
    kind TEXT NOT NULL,
    word TEXT NOT NULL,
    shard INTEGER NOT NULL,
    many INTEGER NOT NULL,
    PRIMARY KEY (kind, word, shard)
) STRICT, WITHOUT ROWID;
INSERT INTO tally VALUES('meter','',0,2);
INSERT INTO tally VALUES('standing','visit',0,1);
ANALYZE sqlite_schema;
CREATE INDEX meter_site ON meter (site, number);
CREATE INDEX meter_gateway ON meter (gateway, number);
CREATE INDEX meter_customer ON meter (customer);
CREATE INDEX answer_meter ON answer (meter, id);
CREATE INDEX observation_meter ON observation (meter, at);
CREATE INDEX standing_decision ON standing (decision, meter);
CREATE INDEX standing_slug ON standing (slug, meter);
CREATE UNIQUE INDEX cases_open ON cases (subject, subject_kind, cause) WHERE closed_at IS NULL;
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
CREATE INDEX note_case ON note (case_id, id);
CREATE UNIQUE INDEX slot_once ON slot (meter, asked);
CREATE INDEX slot_held_in ON slot (head_end, held_in);
CREATE UNIQUE INDEX request_open ON request (meter, item) WHERE done_at IS NULL;
CREATE TRIGGER audit_stays BEFORE UPDATE ON audit
    BEGIN SELECT RAISE(ABORT, 'audit is only added to'); END;
CREATE TRIGGER audit_is_kept BEFORE DELETE ON audit
    BEGIN SELECT RAISE(ABORT, 'audit is only added to'); END;
CREATE TRIGGER note_stays BEFORE UPDATE ON note
    BEGIN SELECT RAISE(ABORT, 'note is only added to'); END;
CREATE TRIGGER note_is_kept BEFORE DELETE ON note
    BEGIN SELECT RAISE(ABORT, 'note is only added to'); END;
CREATE TRIGGER meter_comes AFTER INSERT ON meter BEGIN
    INSERT INTO tally (kind, word, shard, many) VALUES ('meter', '', 0, 1)
        ON CONFLICT (kind, word, shard) DO UPDATE SET many = many + 1;
END;
CREATE TRIGGER meter_goes AFTER DELETE ON meter BEGIN
    UPDATE tally SET many = many - 1 WHERE kind = 'meter';
END;
CREATE TRIGGER standing_comes AFTER INSERT ON standing BEGIN
    INSERT INTO tally (kind, word, shard, many) VALUES ('standing', NEW.decision, 0, 1)
        ON CONFLICT (kind, word, shard) DO UPDATE SET many = many + 1;
END;
CREATE TRIGGER standing_turns AFTER UPDATE OF decision ON standing
    WHEN OLD.decision <> NEW.decision BEGIN
    UPDATE tally SET many = many - 1 WHERE kind = 'standing' AND word = OLD.decision;
    INSERT INTO tally (kind, word, shard, many) VALUES ('standing', NEW.decision, 0, 1)
        ON CONFLICT (kind, word, shard) DO UPDATE SET many = many + 1;
END;
CREATE TRIGGER standing_goes AFTER DELETE ON standing BEGIN
    UPDATE tally SET many = many - 1 WHERE kind = 'standing' AND word = OLD.decision;
END;
COMMIT;
