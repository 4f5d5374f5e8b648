use crate::{HEAD_END, read, refusal};
use fleet::{DAY, HOUR, MINUTE};
use settings::{Commands, Settings};

#[test]
fn an_empty_file_wants_a_second_person_and_darkens_few() {
    let plain = read("").commands;
    assert!(plain.second_person);
    assert_eq!(
        (plain.hour_percent, plain.day_percent, plain.fleet_day),
        (5, 10, 100)
    );
    assert_eq!(plain.token_key_file, None);
}

#[test]
fn each_key_is_read_in_its_own_unit() {
    let text = "[commands]\nsecond_person = false\nhour_percent = 7\nday_percent = 8\n\
        fleet_day = 0\nstatus_fresh_min = 45\nnominal_voltage = 127\napproval_h = 48\n\
        checks_min = 3\nqueue_h = 4\nproof_min = 5\ntoken_key_file = \"secrets/tokens\"\n";
    let wanted = Commands {
        second_person: false,
        hour_percent: 7,
        day_percent: 8,
        fleet_day: 0,
        status_fresh: 45 * MINUTE,
        nominal_voltage: 127,
        approval: 2 * DAY,
        checks: 3 * MINUTE,
        queue: 4 * HOUR,
        proof: 5 * MINUTE,
        token_key_file: Some("secrets/tokens".to_owned()),
    };
    assert_eq!(read(text).commands, wanted);
    let changed = Settings::default().with(&[("CALINMETER_COMMANDS_APPROVAL_H", "48")]);
    assert_eq!(changed.expect("read").commands.approval, 2 * DAY);
}

#[test]
fn what_makes_no_sense_is_refused_with_what_to_write() {
    for (line, said) in [
        (
            "approval_h = \"24h\"",
            "write a whole number without quotes",
        ),
        ("approval_h = 0.5", "write a whole number without quotes"),
        ("approval_h = 0", "write something from 1 to 720"),
        ("checks_min = 9223372036854775807", "from 1 to 2880"),
        ("hour_percent = 0", "from 1 to 100"),
        ("hour_percent = 11", "less than hour_percent"),
        ("token_key = \"AAAA\"", "token_key_file"),
    ] {
        let refused = refusal(&format!("[commands]\n{line}\n"));
        assert!(refused.contains(said), "{line}: {refused}");
        assert!(!refused.contains("AAAA"), "{refused}");
    }
}

#[test]
fn a_head_end_has_its_dialects_horizon_until_it_says_otherwise() {
    let of = |text: &str| read(text).head_ends.remove(0);
    let plain = of(HEAD_END);
    assert_eq!(
        (plain.physical_horizon, plain.horizon()),
        (None, 15 * MINUTE)
    );
    assert!(!plain.relay_polarity_confirmed);
    let v1 = HEAD_END.replace("station", "v1") + "company = \"c\"\n";
    assert_eq!(of(&v1).horizon(), 2 * DAY);
    let said = of(&(v1 + "physical_horizon = \"6h\"\nrelay_polarity_confirmed = true\n"));
    assert_eq!(said.horizon(), 6 * HOUR);
    assert!(said.relay_polarity_confirmed);
    let refused = refusal(&format!("{HEAD_END}physical_horizon = \"10s\"\n"));
    assert!(refused.contains("from \"5m\" to \"14d\""), "{refused}");
}
