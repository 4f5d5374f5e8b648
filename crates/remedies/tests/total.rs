//! The checks, the proofs and the reading of wishes are total, and keep their promises for every
//! number and whatever is known.

use asking::{Item, Secret};
use catalogue::{Lang, May};
use commands::Kind;
use fleet::{AmiCode, Reason87, Watts, WireStatus};
use proptest::option::of;
use proptest::prelude::*;
use remedies::{
    Aged, Args, Clocks, Facts, Outcome, Rules, Says, TokenPurpose, Wanted, check, darkens, proof,
    reads_back, refused_outright,
};
use serde_json::{Value, json};
use triage::{Phases, Relay, Said};

fn said() -> impl Strategy<Value = Said> {
    prop_oneof![
        5 => (995u16..1030).prop_map(|n| Said::Ami(AmiCode(n))),
        1 => any::<u16>().prop_map(|n| Said::Ami(AmiCode(n))),
        2 => any::<u8>().prop_map(|n| Said::Reason(Reason87(n))),
        1 => any::<u8>().prop_map(|n| Said::Wire(WireStatus(n))),
        1 => any::<u8>().prop_map(Said::TwoFamilies),
        1 => Just(Said::Nothing),
    ]
}

fn age() -> impl Strategy<Value = i64> {
    prop_oneof![4 => Just(0), 2 => -4_000_000i64..4_000_000, 1 => any::<i64>()]
}

fn watts() -> impl Strategy<Value = Watts> {
    prop_oneof![Just(0.0), 0.0..4_000.0, any::<f64>()].prop_map(Watts)
}

fn relay() -> impl Strategy<Value = Relay> {
    prop_oneof![Just(Relay::Closed), Just(Relay::Open)]
}

prop_compose! {
    fn flags()(
        flags in any::<[Option<bool>; 4]>(), phases in of(prop_oneof![Just(Phases::Single), Just(Phases::Three)]),
        finding in of(age()), trips in of(0u32..6), last in of(age()),
        clock in of(("[0-9 :-]{0,20}", "[0-9]{4}-0[1-9]-1[0-9] 1[0-9]:[0-5][0-9]:00")),
    ) -> Facts {
        Facts {
            released: flags[0], own_order: flags[1], covers_closed: flags[2], minted_here: flags[3],
            phases, finding, overload_trips: trips, last_trip: last,
            clock: clock.map(|(meter, wall)| Clocks { meter, wall }),
            ..Facts::default()
        }
    }
}

prop_compose! {
    fn facts()(
        rest in flags(), said in of((said(), age())), relay in of(relay()),
        volts in of((prop_oneof![200.0..260.0, any::<f64>()], age())), nominal in of(any::<f64>()),
        power in of(watts()), before in of(watts()), limit in of(watts()), peak in of(watts()),
        answered in of(Just(Item::Voltage)),
    ) -> Facts {
        let aged = |(value, age)| Aged { value, age };
        Facts {
            said: said.map(|(value, age)| Aged { value, age }), relay,
            voltage: volts.map(aged), nominal_voltage: nominal, power, load_before_trip: before,
            load_limit: limit, recent_peak: peak, answered, ..rest
        }
    }
}

/// Any wish, also such as no text can give.
fn wanted() -> impl Strategy<Value = Wanted> {
    let kinds: Vec<_> = Kind::all().collect();
    let purposes: Vec<_> = TokenPurpose::all().collect();
    let token = prop_oneof![
        Just("37037300014464855694".to_owned()),
        Just("00000000000201328896".to_owned()),
        "[0-9]{20}",
        "[0-9]{0,22}",
    ];
    let args = prop_oneof![
        Just(Args::Nothing),
        Just(Args::Item(Item::Voltage)),
        any::<u32>().prop_map(Args::Watts),
        any::<bool>().prop_map(|known| Args::Order { known }),
        (token, proptest::sample::select(purposes)).prop_map(|(token, purpose)| Args::Token {
            token: Secret::new(token),
            purpose,
        }),
    ];
    (proptest::sample::select(kinds), args).prop_map(|(kind, args)| Wanted { kind, args })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1500) })]

    #[test]
    fn whatever_is_known_the_checks_speak_whole_sentences(wanted in wanted(), facts in facts()) {
        let checked = check(&wanted, &facts, &Rules::default());
        prop_assert!(!checked.lines.is_empty());
        let no = checked.lines.iter().any(|line| line.says == Says::No);
        prop_assert_eq!(checked.outcome == Outcome::No, no, "{:?}", checked);
        let passes = checked.lines.iter().all(|line| line.says == Says::Pass);
        prop_assert_eq!(checked.outcome == Outcome::Pass, passes, "{:?}", checked);
        for line in &checked.lines {
            for lang in [Lang::En, Lang::Fr] {
                let said = line.sentence.say(lang);
                prop_assert!(said.ends_with('.') && !said.contains(['{', '}', '?']), "{said}");
            }
        }
    }

    #[test]
    fn a_code_that_says_no_never_passes(
        wanted in wanted(), facts in facts(), code in 995u16..1030, age in age(),
    ) {
        let facts = Facts { said: Some(Aged { value: Said::Ami(AmiCode(code)), age }), ..facts };
        let passes = check(&wanted, &facts, &Rules::default()).outcome == Outcome::Pass;
        let may = catalogue::closing(AmiCode(code)).map(|row| row.may);
        let excepted = code == 1008 && wanted.amounts_to() == Kind::Commission;
        if wanted.kind.may_close() && matches!(may, None | Some(May::No)) && !excepted {
            prop_assert!(!passes, "{code} {wanted:?}");
        }
    }

    #[test]
    fn without_a_fresh_status_nothing_that_may_close_passes(wanted in wanted(), facts in facts()) {
        let fresh = facts.said.is_some_and(|heard| {
            heard.value != Said::Nothing && heard.age.unsigned_abs() <= 30 * 60_000
        });
        if wanted.kind.may_close() && !fresh {
            prop_assert!(check(&wanted, &facts, &Rules::default()).outcome != Outcome::Pass);
        }
    }

    #[test]
    fn tamper_bypass_and_foreign_orders_stay_shut_without_their_word(wanted in wanted(), facts in facts()) {
        let shut = |code, facts: Facts| {
            let said = Some(Aged { value: Said::Ami(AmiCode(code)), age: 0 });
            check(&wanted, &Facts { said, ..facts }, &Rules::default()).outcome == Outcome::No
        };
        if wanted.kind.may_close() {
            for code in [1005, 1006, 1014, 1015] {
                let unrecorded = Facts { finding: None, ..facts.clone() };
                prop_assert!(shut(code, unrecorded));
            }
            let held = Facts { released: None, ..facts.clone() };
            prop_assert!(shut(1018, held));
            let told = wanted.args == Args::Order { known: true };
            let foreign = Facts { own_order: Some(false), ..facts.clone() };
            prop_assert!(told || shut(1007, foreign));
        }
    }

    #[test]
    fn whatever_is_refused_outright_never_passes(wanted in wanted(), facts in facts()) {
        if refused_outright(&wanted).is_some() {
            prop_assert_eq!(check(&wanted, &facts, &Rules::default()).outcome, Outcome::No);
        }
    }

    #[test]
    fn a_disconnect_and_a_foreign_token_always_darken(wanted in wanted(), facts in facts()) {
        let foreign = wanted.kind == Kind::DeliverToken && facts.minted_here != Some(true);
        if foreign || wanted.kind == Kind::Disconnect {
            prop_assert!(darkens(&wanted, &facts).is_some());
        }
    }

    #[test]
    fn whatever_was_read_back_the_proof_is_a_whole_sentence(
        wanted in wanted(), before in facts(), after in facts(), polarity in any::<bool>(),
    ) {
        let found = proof(&wanted, &before, &after, polarity);
        for lang in [Lang::En, Lang::Fr] {
            let said = found.sentence().say(lang);
            prop_assert!(said.ends_with('.') && !said.contains(['{', '}', '?']), "{said}");
        }
        prop_assert!(wanted.amounts_to() == Kind::Read || !reads_back(&wanted).is_empty());
    }

    #[test]
    fn nothing_read_back_proves_nothing(wanted in wanted(), before in facts(), polarity in any::<bool>()) {
        let found = proof(&wanted, &before, &Facts::default(), polarity);
        prop_assert!(["not-yet", "cannot-tell"].contains(&found.word()), "{found:?}");
    }

    #[test]
    fn the_relay_bit_alone_never_proves_without_its_polarity(
        before in facts(), relay in relay(), kind in proptest::sample::select(vec!["reconnect", "disconnect"]),
    ) {
        let wanted = Wanted::parse(kind, &Value::Null).expect("a wish");
        let after = Facts { relay: Some(relay), ..Facts::default() };
        prop_assert_eq!(proof(&wanted, &before, &after, false).word(), "cannot-tell");
    }

    #[test]
    fn a_wish_that_was_kept_is_the_same_wish(wanted in wanted()) {
        let again = |wanted: &Wanted| {
            Wanted::kept(wanted.kind.word(), &wanted.args_json(), wanted.secret())
        };
        if let Ok(once) = again(&wanted) {
            prop_assert_eq!(once.secret().map(Secret::reveal), wanted.secret().map(Secret::reveal));
            prop_assert_eq!(again(&once), Ok(once));
        }
    }

    #[test]
    fn no_text_of_a_wish_shows_its_token(digits in "[0-9]{20}", purpose in prop_oneof![
        "[a-z-]{0,12}", proptest::sample::select(TokenPurpose::all().map(TokenPurpose::word).map(str::to_owned).collect::<Vec<_>>()),
    ]) {
        let args = json!({ "token": &digits, "purpose": purpose });
        let text = match Wanted::parse("deliver-token", &args) {
            Ok(wanted) => {
                let refused = refused_outright(&wanted);
                format!("{wanted:?} {} {refused:?} {:?}", wanted.args_json(), darkens(&wanted, &Facts::default()))
            }
            Err(unfit) => format!("{unfit} {unfit:?}"),
        };
        for at in 0..14 {
            prop_assert!(!text.contains(&digits[at..at + 6]), "{text}");
        }
    }
}
