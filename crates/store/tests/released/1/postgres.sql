--
-- PostgreSQL database dump
--

\restrict psuGXqKE9evFO71fy8XYjpLyHUbhgLwz2ZwodZIxNvg6xZzMe8CWBxLn7iam6JE

-- Dumped from database version 15.18 (Debian 15.18-0+deb12u1)
-- Dumped by pg_dump version 15.18 (Debian 15.18-0+deb12u1)

SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;

--
-- Name: add_to_tally(text, text, bigint); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.add_to_tally(a_kind text, a_word text, more bigint) RETURNS void
    LANGUAGE sql
    AS $$
    INSERT INTO tally (kind, word, shard, many)
    SELECT a_kind, a_word, pg_backend_pid() % 16, more WHERE more <> 0
    ON CONFLICT (kind, word, shard) DO UPDATE SET many = tally.many + excluded.many
$$;


--
-- Name: meters_come(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.meters_come() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN
    PERFORM add_to_tally('meter', '', (SELECT count(*) FROM these));
    RETURN NULL;
END $$;


--
-- Name: meters_go(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.meters_go() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN
    PERFORM add_to_tally('meter', '', -(SELECT count(*) FROM those));
    RETURN NULL;
END $$;


--
-- Name: only_added_to(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.only_added_to() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN RAISE EXCEPTION '% is only added to', TG_TABLE_NAME; END $$;


--
-- Name: standings_come(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.standings_come() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN
    PERFORM add_to_tally('standing', decision, count(*))
        FROM these GROUP BY decision ORDER BY decision;
    RETURN NULL;
END $$;


--
-- Name: standings_go(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.standings_go() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN
    PERFORM add_to_tally('standing', decision, -count(*))
        FROM those GROUP BY decision ORDER BY decision;
    RETURN NULL;
END $$;


--
-- Name: standings_turn(); Type: FUNCTION; Schema: public; Owner: -
--

CREATE FUNCTION public.standings_turn() RETURNS trigger
    LANGUAGE plpgsql
    AS $$ BEGIN
    PERFORM add_to_tally('standing', decision, sum(many)::bigint) FROM (
        SELECT decision, 1 AS many FROM these UNION ALL SELECT decision, -1 FROM those
    ) AS turned GROUP BY decision HAVING sum(many) <> 0 ORDER BY decision;
    RETURN NULL;
END $$;


SET default_tablespace = '';

--
-- Name: answer; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.answer (
    id bigint NOT NULL,
    meter text NOT NULL COLLATE pg_catalog."C",
    at bigint NOT NULL,
    source text NOT NULL COLLATE pg_catalog."C",
    asked text NOT NULL COLLATE pg_catalog."C",
    body text NOT NULL COLLATE pg_catalog."C",
    slot bigint
)
PARTITION BY RANGE (at);


SET default_table_access_method = heap;

--
-- Name: answer_2026_01; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.answer_2026_01 (
    id bigint NOT NULL,
    meter text NOT NULL COLLATE pg_catalog."C",
    at bigint NOT NULL,
    source text NOT NULL COLLATE pg_catalog."C",
    asked text NOT NULL COLLATE pg_catalog."C",
    body text NOT NULL COLLATE pg_catalog."C",
    slot bigint
);


--
-- Name: answer_ids; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.answer_ids
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: answer_pending; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.answer_pending (
    id bigint NOT NULL,
    meter text NOT NULL COLLATE pg_catalog."C",
    at bigint NOT NULL
);


--
-- Name: answer_problem; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.answer_problem (
    id bigint NOT NULL,
    meter text NOT NULL COLLATE pg_catalog."C",
    problem text NOT NULL COLLATE pg_catalog."C"
);


--
-- Name: answer_rest; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.answer_rest (
    id bigint NOT NULL,
    meter text NOT NULL COLLATE pg_catalog."C",
    at bigint NOT NULL,
    source text NOT NULL COLLATE pg_catalog."C",
    asked text NOT NULL COLLATE pg_catalog."C",
    body text NOT NULL COLLATE pg_catalog."C",
    slot bigint
);


--
-- Name: audit; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.audit (
    id bigint NOT NULL,
    at bigint NOT NULL,
    who text NOT NULL COLLATE pg_catalog."C",
    what text NOT NULL COLLATE pg_catalog."C",
    subject text NOT NULL COLLATE pg_catalog."C",
    detail text NOT NULL COLLATE pg_catalog."C"
);


--
-- Name: audit_ids; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.audit_ids
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: calinmeter_schema; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.calinmeter_schema (
    version bigint NOT NULL,
    name text NOT NULL
);


--
-- Name: cases; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.cases (
    id bigint NOT NULL,
    subject_kind text NOT NULL COLLATE pg_catalog."C",
    subject text NOT NULL COLLATE pg_catalog."C",
    cause text NOT NULL COLLATE pg_catalog."C",
    slug text NOT NULL COLLATE pg_catalog."C",
    class text NOT NULL COLLATE pg_catalog."C",
    supply text NOT NULL COLLATE pg_catalog."C",
    decision text NOT NULL COLLATE pg_catalog."C",
    owner text NOT NULL COLLATE pg_catalog."C",
    severity bigint NOT NULL,
    because text NOT NULL COLLATE pg_catalog."C",
    site text COLLATE pg_catalog."C",
    gateway text COLLATE pg_catalog."C",
    opened_at bigint NOT NULL,
    seen_at bigint NOT NULL,
    quiet_since bigint,
    flaps bigint NOT NULL,
    parent bigint,
    closed_at bigint,
    closed_why text COLLATE pg_catalog."C"
);


--
-- Name: cases_ids; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.cases_ids
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: customer; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.customer (
    id text NOT NULL COLLATE pg_catalog."C",
    name text,
    phone text COLLATE pg_catalog."C",
    address text COLLATE pg_catalog."C"
);


--
-- Name: event; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.event (
    meter text NOT NULL COLLATE pg_catalog."C",
    local text NOT NULL COLLATE pg_catalog."C",
    source text NOT NULL COLLATE pg_catalog."C",
    code bigint NOT NULL,
    received bigint NOT NULL,
    said text COLLATE pg_catalog."C"
);


--
-- Name: gateway; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.gateway (
    id text NOT NULL COLLATE pg_catalog."C",
    head_end text COLLATE pg_catalog."C",
    name text COLLATE pg_catalog."C",
    site text COLLATE pg_catalog."C",
    online bigint,
    online_at bigint
);


--
-- Name: heartbeat; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.heartbeat (
    id bigint NOT NULL,
    at bigint NOT NULL
);


--
-- Name: import; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.import (
    id bigint NOT NULL,
    source text NOT NULL COLLATE pg_catalog."C",
    who text NOT NULL COLLATE pg_catalog."C",
    at bigint NOT NULL,
    added bigint NOT NULL,
    changed bigint NOT NULL,
    same bigint NOT NULL,
    undone_at bigint
);


--
-- Name: import_ids; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.import_ids
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: import_row; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.import_row (
    import bigint NOT NULL,
    place bigint NOT NULL,
    kind text NOT NULL COLLATE pg_catalog."C",
    id text NOT NULL COLLATE pg_catalog."C",
    before text COLLATE pg_catalog."C",
    after text NOT NULL COLLATE pg_catalog."C"
);


--
-- Name: latest; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.latest (
    meter text NOT NULL COLLATE pg_catalog."C",
    item text NOT NULL COLLATE pg_catalog."C",
    value text NOT NULL COLLATE pg_catalog."C",
    at bigint NOT NULL,
    since bigint NOT NULL,
    answer bigint
);


--
-- Name: lease; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.lease (
    name text NOT NULL COLLATE pg_catalog."C",
    holder text NOT NULL COLLATE pg_catalog."C",
    until bigint NOT NULL,
    fence bigint NOT NULL
);


--
-- Name: meter; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.meter (
    number text NOT NULL COLLATE pg_catalog."C",
    head_end text COLLATE pg_catalog."C",
    site text COLLATE pg_catalog."C",
    gateway text COLLATE pg_catalog."C",
    customer text COLLATE pg_catalog."C",
    phases bigint,
    solar bigint,
    occupied bigint
);


--
-- Name: note; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.note (
    id bigint NOT NULL,
    case_id bigint NOT NULL,
    subject text NOT NULL COLLATE pg_catalog."C",
    at bigint NOT NULL,
    who text NOT NULL COLLATE pg_catalog."C",
    said text NOT NULL COLLATE pg_catalog."C"
);


--
-- Name: note_ids; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.note_ids
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: observation; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.observation (
    meter text NOT NULL COLLATE pg_catalog."C",
    at bigint NOT NULL,
    item text NOT NULL COLLATE pg_catalog."C",
    value text NOT NULL COLLATE pg_catalog."C",
    answer bigint
)
PARTITION BY RANGE (at);


--
-- Name: observation_rest; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.observation_rest (
    meter text NOT NULL COLLATE pg_catalog."C",
    at bigint NOT NULL,
    item text NOT NULL COLLATE pg_catalog."C",
    value text NOT NULL COLLATE pg_catalog."C",
    answer bigint
);


--
-- Name: reading; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.reading (
    hour integer NOT NULL,
    meter text NOT NULL COLLATE pg_catalog."C",
    register smallint NOT NULL,
    ms integer NOT NULL,
    milli bigint NOT NULL
)
PARTITION BY RANGE (hour);


--
-- Name: reading_2026_01; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.reading_2026_01 (
    hour integer NOT NULL,
    meter text NOT NULL COLLATE pg_catalog."C",
    register smallint NOT NULL,
    ms integer NOT NULL,
    milli bigint NOT NULL
);


--
-- Name: reading_rest; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.reading_rest (
    hour integer NOT NULL,
    meter text NOT NULL COLLATE pg_catalog."C",
    register smallint NOT NULL,
    ms integer NOT NULL,
    milli bigint NOT NULL
);


--
-- Name: register; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.register (
    id bigint NOT NULL,
    word text NOT NULL COLLATE pg_catalog."C"
);


--
-- Name: register_ids; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.register_ids
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: request; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.request (
    id bigint NOT NULL,
    meter text NOT NULL COLLATE pg_catalog."C",
    item text NOT NULL COLLATE pg_catalog."C",
    priority bigint NOT NULL,
    at bigint NOT NULL,
    done_at bigint,
    outcome text COLLATE pg_catalog."C",
    answer bigint
);


--
-- Name: request_ids; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.request_ids
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: site; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.site (
    id text NOT NULL COLLATE pg_catalog."C",
    name text COLLATE pg_catalog."C",
    zone text COLLATE pg_catalog."C"
);


--
-- Name: slot; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.slot (
    id bigint NOT NULL,
    head_end text NOT NULL COLLATE pg_catalog."C",
    held_in text NOT NULL COLLATE pg_catalog."C",
    meter text NOT NULL COLLATE pg_catalog."C",
    asked text NOT NULL COLLATE pg_catalog."C",
    request bigint,
    at bigint NOT NULL,
    horizon bigint NOT NULL,
    state text NOT NULL COLLATE pg_catalog."C",
    task text COLLATE pg_catalog."C",
    sent_at bigint
);


--
-- Name: slot_ids; Type: SEQUENCE; Schema: public; Owner: -
--

CREATE SEQUENCE public.slot_ids
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;


--
-- Name: standing; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.standing (
    meter text NOT NULL COLLATE pg_catalog."C",
    status text COLLATE pg_catalog."C",
    ami_code bigint,
    slug text NOT NULL COLLATE pg_catalog."C",
    class text NOT NULL COLLATE pg_catalog."C",
    supply text NOT NULL COLLATE pg_catalog."C",
    decision text NOT NULL COLLATE pg_catalog."C",
    owner text NOT NULL COLLATE pg_catalog."C",
    severity bigint NOT NULL,
    because text NOT NULL COLLATE pg_catalog."C",
    observed_at bigint,
    since bigint,
    asked_at bigint,
    heard_at bigint,
    silent bigint NOT NULL
);


--
-- Name: tally; Type: TABLE; Schema: public; Owner: -
--

CREATE TABLE public.tally (
    kind text NOT NULL COLLATE pg_catalog."C",
    word text NOT NULL COLLATE pg_catalog."C",
    shard bigint NOT NULL,
    many bigint NOT NULL
);


--
-- Name: answer_2026_01; Type: TABLE ATTACH; Schema: public; Owner: -
--

ALTER TABLE ONLY public.answer ATTACH PARTITION public.answer_2026_01 FOR VALUES FROM ('1767225600000') TO ('1769904000000');


--
-- Name: answer_rest; Type: TABLE ATTACH; Schema: public; Owner: -
--

ALTER TABLE ONLY public.answer ATTACH PARTITION public.answer_rest DEFAULT;


--
-- Name: observation_rest; Type: TABLE ATTACH; Schema: public; Owner: -
--

ALTER TABLE ONLY public.observation ATTACH PARTITION public.observation_rest DEFAULT;


--
-- Name: reading_2026_01; Type: TABLE ATTACH; Schema: public; Owner: -
--

ALTER TABLE ONLY public.reading ATTACH PARTITION public.reading_2026_01 FOR VALUES FROM (490896) TO (491640);


--
-- Name: reading_rest; Type: TABLE ATTACH; Schema: public; Owner: -
--

ALTER TABLE ONLY public.reading ATTACH PARTITION public.reading_rest DEFAULT;


--
-- Data for Name: answer_2026_01; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.answer_2026_01 VALUES (1, '47001582544', 1767225600000, 'main', 'operating_status', '{"data":"1000"}', NULL);


--
-- Data for Name: answer_pending; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.answer_pending VALUES (2, '47003104321', 5);


--
-- Data for Name: answer_problem; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: answer_rest; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.answer_rest VALUES (2, '47003104321', 5, 'main', 'operating_status', '{"data":"1000"}', NULL);


--
-- Data for Name: audit; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.audit VALUES (1, 7, 'desk', 'import', 'fleet.csv', '{}');


--
-- Data for Name: calinmeter_schema; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.calinmeter_schema VALUES (1, 'the desk');


--
-- Data for Name: cases; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.cases VALUES (1, 'meter', '47001582544', 'bypass-suspected', 'bypass-suspected', 'load', 'off', 'office', 'operations', 3, '{"en":["It says so."]}', NULL, NULL, 7, 7, NULL, 0, NULL, NULL, NULL);


--
-- Data for Name: customer; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: event; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: gateway; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: heartbeat; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: import; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: import_row; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: latest; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: lease; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: meter; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.meter VALUES ('47001582544', NULL, 'S1', NULL, NULL, NULL, NULL, NULL);
INSERT INTO public.meter VALUES ('47003104321', NULL, 'S1', NULL, NULL, NULL, NULL, NULL);


--
-- Data for Name: note; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: observation_rest; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: reading_2026_01; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.reading_2026_01 VALUES (490896, '47001582544', 1, 0, 12345);


--
-- Data for Name: reading_rest; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: register; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.register VALUES (1, 'kwh');


--
-- Data for Name: request; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: site; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: slot; Type: TABLE DATA; Schema: public; Owner: -
--



--
-- Data for Name: standing; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.standing VALUES ('47001582544', '1003', 1003, 'bypass-suspected', 'load', 'off', 'visit', 'operations', 3, '{"en":["It says so."]}', 7, 7, NULL, 7, 0);


--
-- Data for Name: tally; Type: TABLE DATA; Schema: public; Owner: -
--

INSERT INTO public.tally VALUES ('meter', '', 1, 2);
INSERT INTO public.tally VALUES ('standing', 'visit', 1, 1);


--
-- Name: answer_ids; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.answer_ids', 2, true);


--
-- Name: audit_ids; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.audit_ids', 1, true);


--
-- Name: cases_ids; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.cases_ids', 1, true);


--
-- Name: import_ids; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.import_ids', 1, false);


--
-- Name: note_ids; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.note_ids', 1, false);


--
-- Name: register_ids; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.register_ids', 1, true);


--
-- Name: request_ids; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.request_ids', 1, false);


--
-- Name: slot_ids; Type: SEQUENCE SET; Schema: public; Owner: -
--

SELECT pg_catalog.setval('public.slot_ids', 1, false);


--
-- Name: answer answer_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.answer
    ADD CONSTRAINT answer_pkey PRIMARY KEY (meter, id, at);


--
-- Name: answer_2026_01 answer_2026_01_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.answer_2026_01
    ADD CONSTRAINT answer_2026_01_pkey PRIMARY KEY (meter, id, at);


--
-- Name: answer_pending answer_pending_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.answer_pending
    ADD CONSTRAINT answer_pending_pkey PRIMARY KEY (id, meter);


--
-- Name: answer_problem answer_problem_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.answer_problem
    ADD CONSTRAINT answer_problem_pkey PRIMARY KEY (id, meter);


--
-- Name: answer_rest answer_rest_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.answer_rest
    ADD CONSTRAINT answer_rest_pkey PRIMARY KEY (meter, id, at);


--
-- Name: audit audit_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.audit
    ADD CONSTRAINT audit_pkey PRIMARY KEY (id);


--
-- Name: calinmeter_schema calinmeter_schema_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.calinmeter_schema
    ADD CONSTRAINT calinmeter_schema_pkey PRIMARY KEY (version);


--
-- Name: cases cases_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.cases
    ADD CONSTRAINT cases_pkey PRIMARY KEY (id, subject);


--
-- Name: customer customer_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.customer
    ADD CONSTRAINT customer_pkey PRIMARY KEY (id);


--
-- Name: event event_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.event
    ADD CONSTRAINT event_pkey PRIMARY KEY (meter, local, source, code);


--
-- Name: gateway gateway_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.gateway
    ADD CONSTRAINT gateway_pkey PRIMARY KEY (id);


--
-- Name: heartbeat heartbeat_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.heartbeat
    ADD CONSTRAINT heartbeat_pkey PRIMARY KEY (id);


--
-- Name: import import_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.import
    ADD CONSTRAINT import_pkey PRIMARY KEY (id);


--
-- Name: import_row import_row_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.import_row
    ADD CONSTRAINT import_row_pkey PRIMARY KEY (import, place);


--
-- Name: latest latest_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.latest
    ADD CONSTRAINT latest_pkey PRIMARY KEY (meter, item);


--
-- Name: lease lease_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.lease
    ADD CONSTRAINT lease_pkey PRIMARY KEY (name);


--
-- Name: meter meter_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.meter
    ADD CONSTRAINT meter_pkey PRIMARY KEY (number);


--
-- Name: note note_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.note
    ADD CONSTRAINT note_pkey PRIMARY KEY (id, subject);


--
-- Name: reading reading_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.reading
    ADD CONSTRAINT reading_pkey PRIMARY KEY (hour, meter, register, ms);


--
-- Name: reading_2026_01 reading_2026_01_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.reading_2026_01
    ADD CONSTRAINT reading_2026_01_pkey PRIMARY KEY (hour, meter, register, ms);


--
-- Name: reading_rest reading_rest_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.reading_rest
    ADD CONSTRAINT reading_rest_pkey PRIMARY KEY (hour, meter, register, ms);


--
-- Name: register register_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.register
    ADD CONSTRAINT register_pkey PRIMARY KEY (id);


--
-- Name: register register_word_key; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.register
    ADD CONSTRAINT register_word_key UNIQUE (word);


--
-- Name: request request_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.request
    ADD CONSTRAINT request_pkey PRIMARY KEY (id, meter);


--
-- Name: site site_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.site
    ADD CONSTRAINT site_pkey PRIMARY KEY (id);


--
-- Name: slot slot_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.slot
    ADD CONSTRAINT slot_pkey PRIMARY KEY (id, meter);


--
-- Name: standing standing_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.standing
    ADD CONSTRAINT standing_pkey PRIMARY KEY (meter);


--
-- Name: tally tally_pkey; Type: CONSTRAINT; Schema: public; Owner: -
--

ALTER TABLE ONLY public.tally
    ADD CONSTRAINT tally_pkey PRIMARY KEY (kind, word, shard);


--
-- Name: answer_id; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX answer_id ON ONLY public.answer USING btree (id);


--
-- Name: answer_2026_01_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX answer_2026_01_id_idx ON public.answer_2026_01 USING btree (id);


--
-- Name: answer_rest_id_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX answer_rest_id_idx ON public.answer_rest USING btree (id);


--
-- Name: cases_closed; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX cases_closed ON public.cases USING btree (severity DESC, opened_at, id) WHERE (closed_at IS NOT NULL);


--
-- Name: cases_open; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX cases_open ON public.cases USING btree (subject, subject_kind, cause) WHERE (closed_at IS NULL);


--
-- Name: cases_parent; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX cases_parent ON public.cases USING btree (parent) WHERE ((closed_at IS NULL) AND (parent IS NOT NULL));


--
-- Name: cases_site; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX cases_site ON public.cases USING btree (site, severity DESC, opened_at, id, parent, decision, owner, cause, closed_at) WHERE (closed_at IS NULL);


--
-- Name: cases_subject; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX cases_subject ON public.cases USING btree (subject, id);


--
-- Name: cases_tally; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX cases_tally ON public.cases USING btree (site, decision, severity, parent, closed_at) WHERE (closed_at IS NULL);


--
-- Name: cases_worklist; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX cases_worklist ON public.cases USING btree (severity DESC, opened_at, id, parent, decision, owner, site, cause, closed_at) WHERE (closed_at IS NULL);


--
-- Name: meter_customer; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX meter_customer ON public.meter USING btree (customer);


--
-- Name: meter_gateway; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX meter_gateway ON public.meter USING btree (gateway, number);


--
-- Name: meter_site; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX meter_site ON public.meter USING btree (site, number);


--
-- Name: note_case; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX note_case ON public.note USING btree (case_id, id);


--
-- Name: observation_meter; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX observation_meter ON ONLY public.observation USING btree (meter, at);


--
-- Name: observation_rest_meter_at_idx; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX observation_rest_meter_at_idx ON public.observation_rest USING btree (meter, at);


--
-- Name: request_open; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX request_open ON public.request USING btree (meter, item) WHERE (done_at IS NULL);


--
-- Name: slot_held_in; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX slot_held_in ON public.slot USING btree (head_end, held_in);


--
-- Name: slot_once; Type: INDEX; Schema: public; Owner: -
--

CREATE UNIQUE INDEX slot_once ON public.slot USING btree (meter, asked);


--
-- Name: standing_decision; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX standing_decision ON public.standing USING btree (decision, meter);


--
-- Name: standing_slug; Type: INDEX; Schema: public; Owner: -
--

CREATE INDEX standing_slug ON public.standing USING btree (slug, meter);


--
-- Name: answer_2026_01_id_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.answer_id ATTACH PARTITION public.answer_2026_01_id_idx;


--
-- Name: answer_2026_01_pkey; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.answer_pkey ATTACH PARTITION public.answer_2026_01_pkey;


--
-- Name: answer_rest_id_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.answer_id ATTACH PARTITION public.answer_rest_id_idx;


--
-- Name: answer_rest_pkey; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.answer_pkey ATTACH PARTITION public.answer_rest_pkey;


--
-- Name: observation_rest_meter_at_idx; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.observation_meter ATTACH PARTITION public.observation_rest_meter_at_idx;


--
-- Name: reading_2026_01_pkey; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.reading_pkey ATTACH PARTITION public.reading_2026_01_pkey;


--
-- Name: reading_rest_pkey; Type: INDEX ATTACH; Schema: public; Owner: -
--

ALTER INDEX public.reading_pkey ATTACH PARTITION public.reading_rest_pkey;


--
-- Name: audit audit_stays; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER audit_stays BEFORE DELETE OR UPDATE ON public.audit FOR EACH ROW EXECUTE FUNCTION public.only_added_to();


--
-- Name: meter meter_comes; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER meter_comes AFTER INSERT ON public.meter REFERENCING NEW TABLE AS these FOR EACH STATEMENT EXECUTE FUNCTION public.meters_come();


--
-- Name: meter meter_goes; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER meter_goes AFTER DELETE ON public.meter REFERENCING OLD TABLE AS those FOR EACH STATEMENT EXECUTE FUNCTION public.meters_go();


--
-- Name: note note_stays; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER note_stays BEFORE DELETE OR UPDATE ON public.note FOR EACH ROW EXECUTE FUNCTION public.only_added_to();


--
-- Name: standing standing_comes; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER standing_comes AFTER INSERT ON public.standing REFERENCING NEW TABLE AS these FOR EACH STATEMENT EXECUTE FUNCTION public.standings_come();


--
-- Name: standing standing_goes; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER standing_goes AFTER DELETE ON public.standing REFERENCING OLD TABLE AS those FOR EACH STATEMENT EXECUTE FUNCTION public.standings_go();


--
-- Name: standing standing_turns; Type: TRIGGER; Schema: public; Owner: -
--

CREATE TRIGGER standing_turns AFTER UPDATE ON public.standing REFERENCING OLD TABLE AS those NEW TABLE AS these FOR EACH STATEMENT EXECUTE FUNCTION public.standings_turn();


--
-- PostgreSQL database dump complete
--

\unrestrict psuGXqKE9evFO71fy8XYjpLyHUbhgLwz2ZwodZIxNvg6xZzMe8CWBxLn7iam6JE

