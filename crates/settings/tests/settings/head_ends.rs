use crate::{HEAD_END, error, read, refusal};
use asking::{Dialect, Item, Secret, Third};
use fleet::SECOND;
use settings::{Family, SecretAt, Secrets};

fn secrets() -> Secrets {
    Secrets {
        password: Secret::new("p"),
        authorization: None,
    }
}

#[test]
fn a_head_end_becomes_what_the_rooms_that_ask_it_want() {
    let settings = read(&format!(
        "{HEAD_END}[head_end.items]
operating_status = \"Meter operating status\"
load_limit = {{ asks = \"B999\", answers = \"Maximum power threshold\" }}
firmware = \"\"
status_family = \"ami\"
third = \"rejected\"
[head_end.pace]
in_flight = 2
spacing_s = 1.5
steps_s = [[30, 10]]
"
    ));
    let head = &settings.head_ends[0];
    assert_eq!(head.password, Some(SecretAt::File("secrets/main".into())));
    assert_eq!(head.family, Family::Ami);
    let deployment = head.deployment(secrets());
    assert_eq!(deployment.dialect, Dialect::Station);
    assert_eq!(deployment.third, Third::Rejected);
    assert_eq!(deployment.pace.in_flight, 2);
    assert_eq!(deployment.pace.spacing, 1_500);
    assert_eq!(deployment.pace.steps, [(30 * SECOND, 10 * SECOND)]);
    assert_eq!(deployment.pace.call, 60 * SECOND);
    let limit = &deployment.items[&Item::LoadLimit];
    assert_eq!(limit.asks, "B999");
    assert_eq!(limit.answers.as_deref(), Some("Maximum power threshold"));
    assert_eq!(deployment.items[&Item::Firmware].asks, "");
    assert_eq!(deployment.items.len(), 3);
}

#[test]
fn what_is_not_said_is_the_dialects_own() {
    let station = read(HEAD_END).head_ends[0].deployment(secrets());
    assert_eq!(station.third, Third::Running);
    assert_eq!(station.protocol_version, "2.2");
    let v1 = HEAD_END.replace("\"station\"", "\"v1\"\ncompany = \"us\"");
    let v1 = read(&v1).head_ends[0].deployment(secrets());
    assert_eq!(v1.third, Third::Rejected);
    assert_eq!(v1.company.as_deref(), Some("us"));
}

#[test]
fn the_dialects_that_want_a_company_ask_for_it() {
    for dialect in ["concentrator", "v1"] {
        let text = HEAD_END.replace("station", dialect);
        assert_eq!(
            refusal(&text),
            format!(
                "calinmeter.toml:1:1: head_end.company: the {dialect} dialect wants it in each \
                 request: add company = \"...\""
            )
        );
    }
}

#[test]
fn a_head_end_lacks_nothing_that_it_needs() {
    let said = refusal("[[head_end]]\n");
    let keys: Vec<&str> = said
        .lines()
        .map(|line| line.split(": ").nth(1).unwrap())
        .collect();
    assert_eq!(
        keys,
        [
            "head_end.name",
            "head_end.dialect",
            "head_end.url",
            "head_end.user",
            "head_end.password_file"
        ]
    );
    assert!(
        said.contains("add password_file = \"secrets/main\" or password_env = \"MAIN_PASSWORD\"")
    );
}

#[test]
fn two_head_ends_have_two_names() {
    let text = format!("{HEAD_END}\n{HEAD_END}");
    let error = error(&text);
    assert_eq!(error.problems().len(), 1);
    assert_eq!(
        error.to_string(),
        "calinmeter.toml:9:8: head_end.name: \"main\" stands here a second time: change or remove one of them"
    );
    // answers that no head-end gave have sources of these names
    for name in ["file", "person"] {
        assert!(
            refusal(&HEAD_END.replace("main\"\nd", &format!("{name}\"\nd")))
                .contains("another name")
        );
    }
}

#[test]
fn an_address_is_a_scheme_a_host_and_a_port() {
    let refused = [
        ("10.0.0.5:9310", "begins with http://"),
        ("ftp://10.0.0.5", "begins with http://"),
        ("http://", "is no address"),
        ("http://host:0", "is no address"),
        ("http://host:99999", "is no address"),
        ("http://host:9310/api", "without a path"),
        ("http://host?x", "without a path"),
        ("http://ops:hunter2@host", "holds a user or a password"),
    ];
    for (url, why) in refused {
        let said = refusal(&HEAD_END.replace("http://127.0.0.1:9310", url));
        assert!(said.contains(why), "{url}: {said}");
        assert!(!said.contains("hunter2"), "{said}");
    }
    for url in ["https://ami.example", "http://[::1]:9310", "http://host:1/"] {
        read(&HEAD_END.replace("http://127.0.0.1:9310", url));
    }
}

#[test]
fn items_are_names_and_nothing_else() {
    let wrong = [
        ("operating_staus = \"x\"", "did you mean operating_status?"),
        (
            "operating_status = 43",
            "this is a number: write a name in quotes",
        ),
        ("power = { answers = \"x\" }", "asks is missing"),
        (
            "power = { asks = \"x\", anwsers = \"y\" }",
            "did you mean answers?",
        ),
        (
            "status_family = \"hex\"",
            "is not one of unconfirmed, ami, sub87, wire",
        ),
        (
            "third = 3",
            "this is a number: write one of running, rejected",
        ),
        (
            "status_true_is_normal = \"yes\"",
            "write true or false without quotes",
        ),
    ];
    for (line, why) in wrong {
        let said = refusal(&format!("{HEAD_END}[head_end.items]\n{line}\n"));
        assert!(said.contains(why), "{line}: {said}");
        assert!(said.starts_with("calinmeter.toml:8:"), "{said}");
    }
}

#[test]
fn the_pace_stays_within_the_vendors_limits() {
    let wrong = [
        ("in_flight = 6", "from 1 to 5"),
        ("in_flight = 0", "from 1 to 5"),
        ("in_flight = \"2\"", "this is a text: write a whole number"),
        ("spacing_s = \"10s\"", "a number of seconds without quotes"),
        ("spacing_s = -1", "from 0 to 3600"),
        ("call_s = nan", "a number of seconds"),
        ("steps_s = [[20, 10], [10, 15]]", "must grow"),
        ("steps_s = [20, 10]", "pairs of seconds"),
        (
            "horizon_s = 120\nfirst_poll_s = 240",
            "shorter than first_poll_s",
        ),
    ];
    for (line, why) in wrong {
        let said = refusal(&format!("{HEAD_END}[head_end.pace]\n{line}\n"));
        assert!(said.contains(why), "{line}: {said}");
    }
    assert!(refusal(&format!("{HEAD_END}pace = 5\n")).contains("[head_end.pace]"));
}
