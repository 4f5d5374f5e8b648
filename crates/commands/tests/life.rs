//! Whatever happens, in whatever order: nothing physical is sent twice, nothing hangs.

use commands::{Event, Kind, Life, NotNow, State, TABLE, Terms};
use fleet::{DAY, HOUR, MINUTE, Moment};
use proptest::prelude::*;
use std::collections::BTreeSet;

fn kinds() -> impl Strategy<Value = Kind> {
    proptest::sample::select(Kind::all().collect::<Vec<_>>())
}

/// What happens at a step, as it is drawn.
#[derive(Clone, Copy, Debug)]
enum Drawn {
    /// Anything at all, wherever the command stands.
    Any(Event),
    /// Something that leads on from where it stands: lives that go far are rare otherwise.
    On(prop::sample::Index),
}

fn steps(longest: i64, most: usize) -> impl Strategy<Value = Vec<(Drawn, i64)>> {
    let any = prop::sample::select(Event::all().collect::<Vec<_>>()).prop_map(Drawn::Any);
    let on = any_with::<prop::sample::Index>(()).prop_map(Drawn::On);
    let step = (prop_oneof![1 => any, 3 => on], 0..longest);
    prop::collection::vec(step, 0..most)
}

fn event(drawn: Drawn, state: State) -> Option<Event> {
    let place = match drawn {
        Drawn::Any(event) => return Some(event),
        Drawn::On(place) => place,
    };
    let rows = TABLE.iter();
    let on: Vec<Event> = rows
        .filter(|(from, _, to)| *from == state && !to.is_terminal())
        .map(|(_, event, _)| *event)
        .collect();
    (!on.is_empty()).then(|| on[place.index(on.len())])
}

/// Lives through these steps; those that mattered.
fn lived(kind: Kind, asks: bool, steps: &[(Drawn, i64)]) -> (Life, Vec<(State, Event, State)>) {
    let (terms, mut now) = (Terms::default(), Moment(0));
    let mut life = Life::new(kind, asks, now, &terms);
    let mut walk = Vec::new();
    for (drawn, wait) in steps {
        now = now.plus(*wait);
        let from = life.state();
        let Some(event) = event(*drawn, from) else {
            continue;
        };
        if let Ok(to) = life.hear(event, now, &terms) {
            walk.push((from, event, to));
        }
    }
    (life, walk)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn what_is_physical_is_sent_again_only_when_it_surely_was_not_sent(
        kind in kinds(), asks: bool,
        steps in steps(3 * DAY, 60),
    ) {
        let (_, walk) = lived(kind, asks, &steps);
        let mut may_send = true;
        for (_, event, _) in walk {
            match event {
                Event::Send => {
                    prop_assert!(may_send || !kind.is_physical());
                    may_send = false;
                }
                Event::NotSent => may_send = true,
                _ => {}
            }
        }
    }

    #[test]
    fn nothing_is_sent_that_was_not_agreed_to_and_checked(
        kind in kinds(),
        steps in steps(3 * DAY, 60),
    ) {
        let (_, walk) = lived(kind, true, &steps);
        let place = |wanted| walk.iter().position(|(_, event, _)| *event == wanted);
        if let Some(sent) = place(Event::Send) {
            prop_assert!(place(Event::Approve) < place(Event::Pass));
            prop_assert!(place(Event::Pass).is_some_and(|passed| passed < sent));
        }
    }

    #[test]
    fn wherever_it_stands_it_has_a_deadline_or_has_ended(
        kind in kinds(), asks: bool,
        steps in steps(3 * DAY, 40),
    ) {
        let (life, _) = lived(kind, asks, &steps);
        let ended = life.state().is_terminal() || life.state() == State::Executed;
        prop_assert!(life.times().deadline.is_some() || ended);
        prop_assert!(!(life.state().is_terminal() && life.times().deadline.is_some()));
    }

    #[test]
    fn left_alone_it_ends_or_is_shown_as_unknown(
        kind in kinds(), asks: bool,
        steps in steps(DAY, 30),
    ) {
        let terms = Terms::default();
        let (mut life, _) = lived(kind, asks, &steps);
        for _ in 0..20 {
            let Some(deadline) = life.times().deadline else { break };
            prop_assert!(life.hear(Event::Overdue, deadline, &terms).is_ok());
        }
        prop_assert!(life.is_settled() || life.state() == State::Unknown);
        prop_assert!(life.state() != State::Unknown || kind.is_physical());
    }

    #[test]
    fn nothing_that_was_sent_is_taken_back(
        kind in kinds(),
        steps in steps(HOUR, 60),
    ) {
        let (_, walk) = lived(kind, false, &steps);
        for (from, _, to) in walk {
            let back = matches!(to, State::Cancelled | State::Superseded | State::Expired);
            prop_assert!(!back || from.is_unsent());
        }
    }
}

#[test]
fn no_way_leads_from_unknown_back_to_sending() {
    let mut reached = BTreeSet::from([State::Unknown]);
    for _ in 0..TABLE.len() {
        let more: Vec<State> = TABLE
            .iter()
            .filter(|(from, ..)| reached.contains(from))
            .map(|(.., to)| *to)
            .collect();
        reached.extend(more);
    }
    assert!(!reached.contains(&State::Sending) && !reached.contains(&State::Queued));
}

#[test]
fn every_state_can_be_reached_and_each_row_stands_once() {
    let to: BTreeSet<State> = TABLE.iter().map(|(.., to)| *to).collect();
    let missing: Vec<State> = State::all().filter(|state| !to.contains(state)).collect();
    assert_eq!(missing, [State::Proposed], "where each begins");
    let rows: BTreeSet<_> = TABLE
        .iter()
        .map(|(from, event, _)| (*from, *event))
        .collect();
    assert_eq!(rows.len(), TABLE.len());
    let ends = |state: State| !TABLE.iter().any(|(from, ..)| *from == state);
    for state in State::all().filter(|state| *state != State::Failed) {
        assert_eq!(ends(state), state.is_terminal(), "{}", state.word());
    }
}

/// A reconnect whose answer was lost ten minutes ago.
fn lost(terms: &Terms) -> Life {
    let mut life = Life::new(Kind::Reconnect, false, Moment(0), terms);
    for event in [Event::Pass, Event::Send, Event::Lose] {
        life.hear(event, Moment(0), terms).expect("it goes on");
    }
    life
}

#[test]
fn no_task_in_the_list_means_nothing_before_the_horizon() {
    let terms = Terms {
        horizon: 15 * MINUTE,
        ..Terms::default()
    };
    let mut life = lost(&terms);
    let soon = Moment(15 * MINUTE - 1);
    let not_now = life.hear(Event::FindNone, soon, &terms);
    assert_eq!(
        not_now,
        Err(NotNow {
            state: State::Unknown,
            event: Event::FindNone
        })
    );
    let then = life.hear(Event::FindNone, Moment(15 * MINUTE), &terms);
    assert_eq!(then, Ok(State::Failed));
    // and yet the meter did it
    let late = life.hear(Event::Execute, Moment(HOUR), &terms);
    assert_eq!(late, Ok(State::Executed));
}

#[test]
fn an_unknown_command_stays_so_and_comes_up_again_at_every_deadline() {
    let terms = Terms::default();
    let mut life = lost(&terms);
    for _ in 0..3 {
        let deadline = life.times().deadline.unwrap();
        assert_eq!(
            life.hear(Event::Overdue, deadline, &terms),
            Ok(State::Unknown)
        );
        assert!(life.times().deadline > Some(deadline));
    }
}

#[test]
fn without_a_proof_a_command_stays_executed_and_is_settled() {
    let terms = Terms::default();
    let mut life = lost(&terms);
    life.hear(Event::Execute, Moment(MINUTE), &terms).unwrap();
    assert!(!life.is_settled());
    let deadline = life.times().deadline.unwrap();
    let rests = life.hear(Event::Overdue, deadline, &terms);
    assert_eq!((rests, life.is_settled()), (Ok(State::Executed), true));
    let late = life.hear(Event::Verify, Moment(DAY), &terms);
    assert_eq!(late, Ok(State::Verified), "a proof that comes late counts");
}

#[test]
fn a_read_that_is_lost_again_and_again_waits_no_longer_than_a_queue_may_last() {
    let (terms, mut now) = (Terms::default(), Moment(0));
    let mut life = Life::new(Kind::Read, false, now, &terms);
    life.hear(Event::Pass, now, &terms).unwrap();
    let until = life.times().deadline.unwrap();
    while now < until {
        life.hear(Event::Send, now, &terms).unwrap();
        now = now.plus(HOUR);
        assert_eq!(life.hear(Event::Lose, now, &terms), Ok(State::Queued));
        assert_eq!(life.times().deadline, Some(until));
    }
    assert_eq!(life.hear(Event::Overdue, now, &terms), Ok(State::Expired));
}
