//! No more than 1 in 1,000 clean rows is flagged: measured rows in which nobody knows of a fault. A
//! gap is a gap and counts apart; the oracle says which there are.

mod support;

use fleet::HOUR;
use readings::{Around, Calendar, Facts, Heard, Instant, Memory, Quantity, Week, stand_out};
use support::{
    daily, hear, hourly, london, opsd, quarterly, register_of_days, register_of_quarters, simbench,
    zone,
};

/// Flags that are not of a gap.
fn false_flags(heard: &Heard) -> usize {
    let counts = |flag: &&readings::Flag| flag.rule.slug != "gap";
    heard.flags.iter().filter(counts).count()
}

fn assert_rare(what: &str, flags: usize, rows: usize) {
    assert!(flags * 1000 <= rows, "{what}: {flags} of {rows}");
}

#[test]
fn days_of_london() {
    let zone = zone("Europe/London");
    let calendar = Calendar::new(zone.clone());
    // thresholds were chosen on the homes of even places, and are confirmed on the others
    let (mut flags, mut rows) = ([0, 0], [0, 0]);
    for (place, days) in london().values().enumerate() {
        let readings = register_of_days(days, &zone);
        let heard = hear(&readings, &Facts::default(), &daily(), &calendar);
        flags[place % 2] += false_flags(&heard);
        rows[place % 2] += days.len();
    }
    assert_rare("London, homes to choose by", flags[0], rows[0]);
    assert_rare("London, homes to confirm by", flags[1], rows[1]);
}

#[test]
fn hours_of_konstanz() {
    let calendar = Calendar::new(zone("Europe/Berlin"));
    for column in [
        "DE_KN_residential4_grid_import",
        "DE_KN_residential4_heat_pump",
    ] {
        let readings = opsd(column);
        let heard = hear(&readings, &Facts::default(), &hourly(), &calendar);
        assert_rare(column, false_flags(&heard), readings.len());
    }
}

#[test]
fn quarters_and_powers_of_simbench() {
    let calendar = Calendar::new(zone("Europe/Berlin"));
    let (bounds, facts) = (quarterly(), Facts::default());
    let around = Around {
        facts: &facts,
        bounds: &bounds,
        calendar: &calendar,
    };
    let (mut flags, mut rows) = (0, 0);
    for quarters in simbench().values() {
        let (mut memory, mut heard) = (Memory::default(), Heard::default());
        let readings = register_of_quarters(quarters);
        for (reading, quarter) in readings.iter().zip(quarters) {
            memory.hear(reading, &around, &mut heard);
            let instant = Instant {
                at: quarter.at,
                quantity: Quantity::Power,
                milli: quarter.tenth_w * 100,
            };
            memory.hear_instant(&instant, &around, &mut heard);
        }
        flags += false_flags(&heard);
        rows += quarters.len();
    }
    assert_rare("SimBench", flags, rows);
}

#[test]
fn weeks_of_london_among_neighbours() {
    let homes = london();
    let (mut flags, mut rows) = (0, 0);
    let bounds = daily();
    let first = "2012-06-04".parse::<jiff::civil::Date>().unwrap();
    for week in 0..90 {
        let start = first + jiff::Span::new().days(7 * week);
        let weeks: Vec<Option<Week>> = homes
            .values()
            .map(|days| {
                let mean = |from: i64, to: i64, least: usize| {
                    let (from, to) = (
                        start + jiff::Span::new().days(from),
                        start + jiff::Span::new().days(to),
                    );
                    let wh: Vec<i64> = days
                        .iter()
                        .filter(|day| day.date >= from && day.date < to && day.half_hours == 48)
                        .map(|day| day.wh)
                        .collect();
                    let count = i64::try_from(wh.len()).unwrap();
                    (wh.len() >= least).then(|| wh.iter().sum::<i64>() / count)
                };
                Some(Week {
                    wh: mean(0, 7, 6)?,
                    usual_wh: mean(-28, 0, 14)?,
                })
            })
            .collect();
        let at = fleet::Moment(i64::from(week) * 168 * HOUR);
        flags += stand_out(&weeks, at, at, &bounds).len();
        rows += weeks.iter().flatten().count() * 7;
    }
    assert_rare("London, among neighbours", flags, rows);
}
