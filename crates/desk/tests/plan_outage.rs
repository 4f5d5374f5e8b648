//! A head-end that does not answer, and what happens when it comes back.

mod support;

use asking::{Pace, Reached, RefusalKind};
use desk::plan::{News, Planner, Rules};
use fleet::{HOUR, MINUTE, SECOND};
use store::Due;
use support::world::{START, World, due, number, refusal};

fn quick() -> Pace {
    Pace {
        first_poll: SECOND,
        steps: Vec::new(),
        last_step: SECOND,
        ..Pace::default()
    }
}

fn fleet(meters: usize, groups: usize) -> Vec<Due> {
    let gateway = |n| format!("gw{}", n % groups);
    (0..meters).map(|n| due(n, &gateway(n))).collect()
}

#[test]
fn nothing_is_created_while_it_is_down_and_the_probes_grow_rare_up_to_a_cap() {
    let mut world = World::with(&quick(), Rules::default(), &fleet(100, 20));
    world.run(MINUTE);
    let before = world.asked.len();
    world.down = true;
    world.run(10 * HOUR);
    let down = world.planner.down().unwrap().0;
    let after = world.asked.iter().filter(|asked| asked.at > down).count();
    assert_eq!(after, 0);
    // One group's turn may have found out, nobody else's: the refused asks come again.
    assert!(world.asked.len() <= before + 5, "{}", world.asked.len());
    let gaps: Vec<_> = world.probes[1..]
        .windows(2)
        .map(|pair| pair[1].since(pair[0]))
        .collect();
    assert!(gaps[0] < 10 * SECOND, "{gaps:?}");
    let last = &gaps[gaps.len() - 50..];
    assert!(
        last.iter()
            .all(|gap| (3 * MINUTE..=7 * MINUTE).contains(gap))
    );
    let (shortest, longest) = (last.iter().min().unwrap(), last.iter().max().unwrap());
    assert!(
        longest - shortest > MINUTE,
        "the capped waits spread: {gaps:?}"
    );
}

#[test]
fn one_outage_is_said_once_and_its_end_once() {
    let mut world = World::with(&quick(), Rules::default(), &fleet(10, 2));
    world.run(MINUTE);
    assert_eq!(world.planner.news(), None);
    world.down = true;
    let mut news = Vec::new();
    for _ in 0..20 {
        world.run(HOUR);
        news.extend(world.planner.news());
    }
    assert!(matches!(&news[..], [News::Down(..)]), "{news:?}");
    world.down = false;
    for _ in 0..20 {
        world.run(HOUR);
        news.extend(world.planner.news());
    }
    assert!(
        matches!(&news[..], [News::Down(..), News::Up(_)]),
        "{news:?}"
    );
}

#[test]
fn what_an_outage_left_overdue_is_spread_and_begins_slowly() {
    let rules = Rules::default();
    let spread = rules.spread;
    let mut world = World::with(&quick(), rules, &fleet(4_000, 40));
    world.takes = 500;
    world.run(MINUTE);
    world.down = true;
    world.run(8 * HOUR);
    world.down = false;
    let before = world.asked.len();
    world.run(HOUR);
    let came_back = *world.probes.last().unwrap();
    let asked = &world.asked[before..];
    assert!(asked.len() >= 4_000, "{}", asked.len());
    let minutes = usize::try_from(spread / MINUTE).unwrap();
    let mut histogram = vec![0_usize; minutes];
    for asked in asked {
        let minute = usize::try_from(asked.at.since(came_back) / MINUTE).unwrap();
        if minute < minutes {
            histogram[minute] += 1;
        }
    }
    let fair = 4_000 / minutes;
    assert!(
        histogram.iter().all(|n| (fair / 2..fair * 2).contains(n)),
        "{histogram:?}"
    );
    assert!(world.peak <= 5);
}

#[test]
fn after_an_outage_few_creations_are_under_way_and_more_with_each_that_succeeds() {
    let mut planner = Planner::new("main", &quick(), (1, true), Rules::default(), 3, START);
    planner.fleet(&fleet(1_000, 200), START);
    let refused = refusal(RefusalKind::LoginRefused, Reached::No);
    assert!(planner.probe(START));
    planner.probed(Err(&refused), START);
    assert!(matches!(planner.news(), Some(News::Down(..))));
    let now = START.plus(HOUR);
    assert!(planner.creates(now, 99).is_empty());
    assert!(planner.probe(now));
    planner.probed(Ok(()), now);
    let later = now.plus(20 * MINUTE);
    let first = planner.creates(later, 9_999);
    assert_eq!(first.len(), 4);
    for (n, create) in (1..).zip(first) {
        planner.reserved(create.ticket, store::SlotId(n));
        planner.created(create.ticket, asking::TaskId(n.to_string()), later);
    }
    assert_eq!(planner.creates(later, 9_999).len(), 8);
}

#[test]
fn a_call_that_hung_while_others_were_answered_says_nothing_of_the_head_end() {
    let mut world = World::with(&quick(), Rules::default(), &fleet(10, 2));
    world.run(MINUTE);
    let hung = refusal(RefusalKind::TimedOut, Reached::Perhaps);
    world.planner.refused_call(&hung, START, world.now);
    assert!(world.planner.speaks());
    world.planner.refused_call(&hung, world.now, world.now);
    assert!(!world.planner.speaks());
    assert!(world.planner.probe(world.now), "a login decides at once");
}

#[test]
fn a_login_that_works_is_not_believed_when_nothing_else_does() {
    let mut planner = Planner::new("main", &quick(), (1, true), Rules::default(), 3, START);
    planner.fleet(&fleet(100, 1), START);
    let crashed = refusal(RefusalKind::HtmlPage, Reached::No);
    let mut now = START;
    let mut created = 0;
    for n in 0..HOUR / SECOND {
        now = START.plus(n * SECOND);
        if planner.probe(now) {
            planner.probed(Ok(()), now);
        }
        for create in planner.creates(now, 99) {
            created += 1;
            planner.reserved(create.ticket, store::SlotId(created));
            planner.refused(create.ticket, &crashed, now, now);
            planner.freed(create.ticket, now);
        }
    }
    assert!(matches!(planner.news(), Some(News::Down(..))));
    assert!(created < 100, "{created}");
    assert!(planner.down().is_some(), "{now:?}");
    assert_eq!(number(1).as_str().len(), 11);
}
