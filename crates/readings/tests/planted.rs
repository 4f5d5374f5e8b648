//! Faults planted in measured registers are each found, by the right rule, at the right place.

mod support;

use fleet::{DAY, HOUR, MINUTE, Moment};
use readings::{
    Bounds, Calendar, Exchange, Facts, Flag, Heard, Level, Quality, ReaderClock, Reading, RuleId,
};
use support::{daily, hear, hourly, london, opsd, register_of_days, zone};

const COLUMN: &str = "DE_KN_residential4_grid_import";

/// A register, and the places where faults are planted one at a time.
struct Ground {
    readings: Vec<Reading>,
    places: Vec<usize>,
}

/// The hours of Konstanz before their first gap, a fault in every seventh of them.
fn hours() -> Ground {
    let readings: Vec<Reading> = opsd(COLUMN).into_iter().take(620).collect();
    let places = (30..readings.len() - 10).step_by(7).collect();
    Ground { readings, places }
}

fn konstanz(readings: &[Reading], facts: &Facts<'_>) -> Heard {
    hear(
        readings,
        facts,
        &hourly(),
        &Calendar::new(zone("Europe/Berlin")),
    )
}

fn sum(heard: &Heard) -> i64 {
    heard.intervals.iter().filter_map(|one| one.wh).sum()
}

fn total(readings: &[Reading]) -> i64 {
    readings[readings.len() - 1].wh - readings[0].wh
}

/// The only flag that is no proposal.
fn only(heard: &Heard) -> &Flag {
    let stated = |flag: &&Flag| flag.rule.level != Level::Suggest;
    let flags: Vec<&Flag> = heard.flags.iter().filter(stated).collect();
    assert_eq!(flags.len(), 1, "{flags:?}");
    flags[0]
}

#[test]
fn the_ground_itself_has_no_flag() {
    let heard = konstanz(&hours().readings, &Facts::default());
    assert_eq!(heard.flags, []);
}

#[test]
fn a_spike_is_found_by_r4_on_its_day() {
    let london_zone = zone("Europe/London");
    let calendar = Calendar::new(london_zone.clone());
    let mut planted = 0;
    for days in london().values().filter(|days| days.len() > 120).step_by(3) {
        let readings = register_of_days(days, &london_zone);
        for place in (60..days.len() - 10).step_by(97) {
            if days[place - 1].date.tomorrow().unwrap() != days[place].date {
                continue; // the energy of a gap belongs to no day
            }
            let sorted = |count: usize| {
                let mut wh: Vec<i64> = days[place - count..place]
                    .iter()
                    .map(|day| day.wh)
                    .collect();
                wh.sort_unstable();
                wh
            };
            let (median, third) = (sorted(28)[14], sorted(56)[53]);
            // six times the usual day, and what a meter can measure at most
            let spike = (median * 6).max(third * 3).clamp(5_000, 600_000);
            let more = spike - days[place].wh;
            let with: Vec<Reading> = readings
                .iter()
                .enumerate()
                .map(|(at, reading)| Reading {
                    wh: reading.wh + if at > place { more } else { 0 },
                    ..*reading
                })
                .collect();
            let heard = hear(&with, &Facts::default(), &daily(), &calendar);
            let date = days[place].date;
            let on_its_day = |flag: &&Flag| {
                flag.rule.id == RuleId::R4 && calendar.day(flag.from).unwrap().date == date
            };
            let found = heard.flags.iter().find(on_its_day);
            assert_eq!(found.map(|flag| flag.saw.0[0]), Some(spike), "{date}");
            planted += 1;
        }
    }
    assert!(planted > 200, "{planted}");
}

#[test]
fn a_gap_is_found_by_r9_with_its_length() {
    let ground = hours();
    for (turn, &place) in ground.places.iter().enumerate() {
        let missing = 1 + turn % 5;
        let mut with = ground.readings.clone();
        with.drain(place..place + missing);
        let heard = konstanz(&with, &Facts::default());
        let flag = only(&heard);
        assert_eq!(flag.rule.id, RuleId::R9);
        assert_eq!(flag.saw.0[0], i64::try_from(missing).unwrap());
        assert_eq!((flag.from, flag.to), (with[place - 1].at, with[place].at));
        assert_eq!(sum(&heard), total(&ground.readings));
        // with the outage known that explains it, there is nothing to say
        let dark = [readings::Span::new(flag.from.plus(MINUTE), flag.to)];
        let facts = Facts {
            outages: &dark,
            ..Facts::default()
        };
        assert_eq!(konstanz(&with, &facts).flags, []);
    }
}

#[test]
fn a_roll_over_is_found_by_r2_and_nothing_is_lost() {
    let ground = hours();
    for &place in &ground.places {
        let end = Bounds::default().end_wh;
        let offset = end - ground.readings[place].wh;
        let with: Vec<Reading> = ground
            .readings
            .iter()
            .map(|reading| Reading {
                wh: (reading.wh + offset) % end,
                ..*reading
            })
            .collect();
        let heard = konstanz(&with, &Facts::default());
        let flag = only(&heard);
        assert_eq!((flag.rule.id, flag.rule.slug), (RuleId::R2, "rolled-over"));
        assert_eq!(flag.saw.0[1], with[place].wh);
        assert_eq!(sum(&heard), total(&ground.readings));
    }
}

#[test]
fn an_exchange_is_found_by_r2_recorded_or_not() {
    let ground = hours();
    for &place in &ground.places {
        let (last, first) = (ground.readings[place].wh, 40);
        let with: Vec<Reading> = ground
            .readings
            .iter()
            .enumerate()
            .map(|(at, reading)| Reading {
                wh: if at > place {
                    reading.wh - last + first
                } else {
                    reading.wh
                },
                ..*reading
            })
            .collect();
        let exchange = |last_wh, first_wh| {
            [Exchange {
                at: ground.readings[place].at.plus(20 * MINUTE),
                last_wh,
                first_wh,
            }]
        };
        let known = exchange(Some(last), Some(first));
        let facts = Facts {
            exchanges: &known,
            ..Facts::default()
        };
        let heard = konstanz(&with, &facts);
        assert_eq!(only(&heard).rule.slug, "exchanged");
        assert_eq!(sum(&heard), total(&ground.readings));
        // with one end unknown nobody knows what was consumed in that hour
        let blind = exchange(None, Some(first));
        let facts = Facts {
            exchanges: &blind,
            ..Facts::default()
        };
        let heard = konstanz(&with, &facts);
        assert_eq!(only(&heard).rule.slug, "exchanged-blind");
        let failed: Vec<usize> = (0..heard.intervals.len())
            .filter(|at| heard.intervals[*at].quality == Quality::Failed)
            .collect();
        assert_eq!((failed, heard.intervals[place].wh), (vec![place], None));
        // not recorded at all: the register runs back, or leaps
        let heard = konstanz(&with, &Facts::default());
        let step = with[place + 1].wh - last;
        let slug = if step < 0 { "ran-back" } else { "beyond-meter" };
        if step < 0 || step > Bounds::default().most_wh(HOUR, None) {
            assert_eq!(only(&heard).rule.slug, slug);
            // the new register is read on from the next reading
            let after = &heard.intervals[place + 1..];
            assert_eq!(after.len(), with.len() - place - 2);
            assert!(after.iter().all(|one| one.wh.is_some()));
        }
    }
}

#[test]
fn one_wrong_value_is_left_out_and_the_register_goes_on() {
    let ground = hours();
    for (turn, &place) in ground.places.iter().enumerate() {
        let mut with = ground.readings.clone();
        with[place].wh = if turn % 2 == 0 {
            0
        } else {
            with[place].wh * 10 + 300_000
        };
        let heard = konstanz(&with, &Facts::default());
        let wrong = &heard.flags[0];
        let slug = if turn % 2 == 0 {
            "ran-back"
        } else {
            "beyond-meter"
        };
        assert_eq!(wrong.rule.slug, slug);
        assert_eq!(wrong.to, with[place].at);
        assert_eq!(sum(&heard), total(&ground.readings));
        assert!(heard.intervals.iter().all(|one| one.wh.is_some()));
    }
}

#[test]
fn a_clock_that_jumped_is_found_by_r11() {
    let ground = hours();
    for (turn, &place) in ground.places.iter().enumerate() {
        let count = 1 + turn % 4;
        let by = [3 * DAY, -4 * HOUR, 100 * DAY][turn % 3];
        let jumped = |clock: fn(Moment) -> ReaderClock| -> Vec<Reading> {
            let at_fault = place..place + count;
            let readings = ground.readings.iter().enumerate();
            readings
                .map(|(number, reading)| Reading {
                    at: reading
                        .at
                        .plus(if at_fault.contains(&number) { by } else { 0 }),
                    clock: clock(reading.at),
                    ..*reading
                })
                .collect()
        };
        // the reader stood there with a clock of its own: the readings are moved to where they belong
        let live = jumped(ReaderClock::Live);
        let heard = konstanz(&live, &Facts::default());
        let flag = only(&heard);
        assert_eq!((flag.rule.slug, flag.saw.0[0]), ("clock-off", by));
        let straight = konstanz(&ground.readings, &Facts::default());
        assert_eq!(heard.intervals, straight.intervals);
        // nobody knows the time but the meter
        let heard = konstanz(&jumped(|_| ReaderClock::Unknown), &Facts::default());
        let moved = ground.readings[place].wh > ground.readings[place - 1].wh;
        let on = ground.readings[place + count].wh > ground.readings[place + count - 1].wh;
        if (by < 0 && moved) || (by > 0 && on) {
            let ids: Vec<RuleId> = heard.flags.iter().map(|flag| flag.rule.id).collect();
            assert!(
                ids.contains(&RuleId::R11),
                "{place} {by}: {:?}",
                heard.flags
            );
        }
        // and it ends as if nothing had been: the last readings are heard as they are
        let end = ground.readings[ground.readings.len() - 1].at;
        assert_eq!(heard.intervals.last().map(|one| one.to), Some(end));
    }
}

#[test]
fn a_delivery_from_the_future_is_not_believed() {
    let ground = hours();
    let mut with = ground.readings.clone();
    for reading in &mut with {
        reading.clock = ReaderClock::Later(reading.at.plus(2 * MINUTE));
    }
    with[100].at = with[100].at.plus(DAY);
    let heard = konstanz(&with, &Facts::default());
    let slugs: Vec<&str> = heard.flags.iter().map(|flag| flag.rule.slug).collect();
    assert_eq!(slugs, ["clock-off", "gap"]);
    assert_eq!(sum(&heard), total(&ground.readings));
}

#[test]
fn digits_that_slipped_are_suggested_by_r12() {
    let ground = hours();
    for &place in ground.places.iter().skip(5) {
        let right = ground.readings[place].wh;
        let mut with = ground.readings.clone();
        with[place].wh = right * 10;
        let heard = konstanz(&with, &Facts::default());
        let suggested = heard
            .flags
            .iter()
            .find(|flag| flag.rule.slug == "ten-times");
        assert_eq!(suggested.map(|flag| flag.saw.0[1]), Some(right));
        with[place].wh = right / 10;
        let heard = konstanz(&with, &Facts::default());
        assert!(heard.flags.iter().any(|flag| flag.rule.slug == "tenth"));
        assert_eq!(heard.flags[0].rule.id, RuleId::R2);
    }
}
