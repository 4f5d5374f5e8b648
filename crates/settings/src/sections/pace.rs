//! `[head_end.pace]`: how fast a head-end may be asked.

use crate::given::Given;
use crate::key::{Key, Slot, instead, milliseconds, seconds};
use crate::reader::Section;
use asking::Pace;
use fleet::{HOUR, MINUTE, SECOND};

/// So many steps are enough for two days.
const MOST_STEPS: usize = 20;
const STEPS_WANTED: &str =
    "pairs of seconds such as [[20, 10], [50, 15]]: up to this age, wait so long";

impl Section for Pace {
    const KEYS: &'static [Key<Self>] = &[
        Key::<Self>::new(
            "in_flight",
            Slot::Count(1, 5, |pace| &mut pace.in_flight),
            "Tasks at once for each gateway or concentrator; the vendor's limit is 5.",
        ),
        Key::<Self>::new(
            "spacing_s",
            Slot::Seconds(0, HOUR, |pace| &mut pace.spacing),
            "The least time between two tasks for one gateway: radio networks answer one after another.",
        ),
        Key::<Self>::new(
            "first_poll_s",
            Slot::Seconds(SECOND, 10 * MINUTE, |pace| &mut pace.first_poll),
            "The first look at a task, until a better time is learned for its kind.",
        ),
        Key::<Self>::new(
            "steps_s",
            Slot::Own(put_steps, |pace| Some(show_steps(&pace.steps))),
            "The next looks: while the task is younger than the first number, wait the second.",
        ),
        Key::<Self>::new(
            "last_step_s",
            Slot::Seconds(SECOND, HOUR, |pace| &mut pace.last_step),
            "The wait between looks at a task that is older than all of them.",
        ),
        Key::<Self>::new(
            "create_batch",
            Slot::Count(1, 200, |pace| &mut pace.batch),
            "Tasks in one creation (station, concentrator). Inferred, not seen: 1 creates one by one.",
        ),
        Key::<Self>::new(
            "call_s",
            Slot::Seconds(SECOND, 10 * MINUTE, |pace| &mut pace.call),
            "How long one call to the head-end may take; 37 s were seen.",
        ),
        Key::<Self>::new(
            "horizon_s",
            Slot::Seconds(2 * MINUTE, 48 * HOUR, |pace| &mut pace.horizon),
            "After so long a task without an end no longer holds its place; the head-end needs 111 s itself.",
        ),
    ];

    fn wrong(&self) -> Option<(&'static str, String)> {
        (self.horizon <= self.first_poll).then(|| {
            let what =
                "shorter than first_poll_s, so that no task would be looked at: make it longer";
            ("horizon_s", what.to_owned())
        })
    }
}

fn put_steps(pace: &mut Pace, given: Given) -> Result<(), String> {
    let Given::List(list) = given else {
        return Err(instead(given, STEPS_WANTED));
    };
    let mut steps: Vec<(i64, i64)> = Vec::new();
    for step in list.iter().take(MOST_STEPS + 1) {
        let Given::List(pair) = Given::of(step.get_ref()) else {
            return Err(format!("write {STEPS_WANTED}"));
        };
        let mut pair = pair
            .iter()
            .map(|one| milliseconds(Given::of(one.get_ref())));
        let (Some(age), Some(wait), None) = (pair.next(), pair.next(), pair.next()) else {
            return Err(format!("write {STEPS_WANTED}"));
        };
        let (age, wait) = (age?, wait?);
        let grows = steps.last().is_none_or(|(before, _)| age > *before);
        if !grows || !(SECOND..=HOUR).contains(&wait) || !(SECOND..=48 * HOUR).contains(&age) {
            return Err(
                "the ages must grow from step to step and each wait be 1 to 3600: write them so"
                    .to_owned(),
            );
        }
        steps.push((age, wait));
    }
    if steps.len() > MOST_STEPS {
        return Err(format!("write {MOST_STEPS} steps at most"));
    }
    pace.steps = steps;
    Ok(())
}

fn show_steps(steps: &[(i64, i64)]) -> String {
    let steps = steps
        .iter()
        .map(|(age, wait)| format!("[{}, {}]", seconds(*age), seconds(*wait)));
    format!("[{}]", steps.collect::<Vec<_>>().join(", "))
}
