//! Slots: what is being asked, so that limits hold across restarts and nodes.

use crate::error::StoreError;
use crate::newest;
use crate::settle::free;
use crate::slot::{NewSlot, RequestId, Slot, SlotChange, SlotId, SlotState};
use crate::sql::Kind::{Int, Text};
use crate::sql::{Cells, Kind, Rows, Session, again, args, int, unreadable};
use crate::store::Store;
use fleet::Moment;
use std::collections::{BTreeMap, BTreeSet};

const SLOT: &[(&str, Kind)] = &[
    ("id", Int),
    ("head_end", Text),
    ("held_in", Text),
    ("meter", Text),
    ("asked", Text),
    ("request", Int),
    ("at", Int),
    ("horizon", Int),
    ("command", Int),
    ("mark", Int),
];
const GROUPS: &[(&str, Kind)] = &[("head_end", Text), ("held_in", Text)];

const END: &[(&str, Kind)] = &[
    ("id", Int),
    ("state", Text),
    ("task", Text),
    ("sent_at", Int),
];

/// The states' words.
const STATES: &[(SlotState, &str)] = &[
    (SlotState::Sending, "sending"),
    (SlotState::Waiting, "waiting"),
    (SlotState::Unknown, "unknown"),
];

const COUNT: &str = "SELECT rows.head_end, rows.held_in, count(*) FROM rows \
    CROSS JOIN slot s WHERE s.head_end = rows.head_end AND s.held_in = rows.held_in \
    GROUP BY rows.head_end, rows.held_in";
/// The index over meter and ask refuses a second one, also from another node.
const TAKE: &str = "INSERT INTO slot (id, head_end, held_in, meter, asked, request, at, horizon, \
    command, mark, state) SELECT id, head_end, held_in, meter, asked, request, at, horizon, \
    command, mark, 'sending' FROM rows \
    WHERE true ON CONFLICT (meter, asked) DO NOTHING RETURNING id";

impl Store {
    /// Takes slots, in the order given, while their group holds fewer than `cap`: nothing where it
    /// is full, or where the same is asked of the same meter already. What is counted and what is
    /// taken is one step, whoever else takes slots.
    pub async fn reserve(
        &self,
        wanted: &[NewSlot],
        cap: u32,
    ) -> Result<Vec<Option<SlotId>>, StoreError> {
        if wanted.is_empty() {
            return Ok(Vec::new());
        }
        again(|| self.reserve_once(wanted, cap)).await
    }

    async fn reserve_once(
        &self,
        wanted: &[NewSlot],
        cap: u32,
    ) -> Result<Vec<Option<SlotId>>, StoreError> {
        let mut session = self.write("take slots").await?;
        let taken = take(&mut session, wanted, cap).await?;
        session.commit().await?;
        Ok(taken)
    }

    /// The slots of a head-end that are held, oldest first.
    pub async fn slots(&self, head_end: &str) -> Result<Vec<Slot>, StoreError> {
        let mut session = self.read("list slots").await?;
        let sql = "SELECT id, head_end, held_in, meter, asked, request, at, horizon, command, mark, \
                   state, task, sent_at FROM slot WHERE head_end = $1 ORDER BY id";
        session.rows(sql, args![head_end], slot).await
    }

    /// Changes slots; one that is no longer held stays so.
    pub async fn change_slots(&self, changes: &[SlotChange]) -> Result<(), StoreError> {
        if changes.is_empty() {
            return Ok(());
        }
        again(|| self.change_slots_once(changes)).await
    }

    async fn change_slots_once(&self, changes: &[SlotChange]) -> Result<(), StoreError> {
        let mut session = self.write("change slots").await?;
        change(&mut session, changes).await?;
        session.commit().await
    }
}

/// Changes slots within a transaction.
pub(crate) async fn change(
    session: &mut Session,
    changes: &[SlotChange],
) -> Result<(), StoreError> {
    let (freed, ends) = ends(changes);
    let mut rows = Rows::new(END);
    for (id, End { state, task }) in ends {
        let (task, sent_at) = task.unzip();
        rows.push(args![id.0, word(state), task, sent_at]);
    }
    let then = "UPDATE slot SET state = rows.state, task = COALESCE(rows.task, slot.task), \
                sent_at = COALESCE(rows.sent_at, slot.sent_at) \
                FROM rows WHERE slot.id = rows.id";
    session.bulk(rows, then).await?;
    newest::learn(session, changes).await?;
    free(session, freed.iter()).await
}

/// Takes slots within a transaction, in the order given, while their group holds fewer than `cap`.
pub(crate) async fn take(
    session: &mut Session,
    wanted: &[NewSlot],
    cap: u32,
) -> Result<Vec<Option<SlotId>>, StoreError> {
    if wanted.is_empty() {
        return Ok(Vec::new());
    }
    let groups: BTreeSet<(&str, &str)> = wanted.iter().map(group).collect();
    let names = groups
        .iter()
        .map(|(head_end, group)| format!("slots {head_end} {group}"));
    session.alone(names.collect()).await?;
    let mut rows = Rows::new(GROUPS);
    for (head_end, group) in &groups {
        rows.push(args![*head_end, *group]);
    }
    let count = |cells: &mut Cells<'_>| Ok(((cells.text()?, cells.text()?), cells.small::<u32>()?));
    let held = session.bulk_rows(rows, COUNT, count).await?;
    let held: BTreeMap<(String, String), u32> = held.into_iter().collect();
    let mut taken = vec![None; wanted.len()];
    let mut decided = vec![false; wanted.len()];
    let mut free: BTreeMap<(&str, &str), u32> = BTreeMap::new();
    for key in groups {
        let held = held
            .get(&(key.0.to_owned(), key.1.to_owned()))
            .copied()
            .unwrap_or(0);
        free.insert(key, cap.saturating_sub(held));
    }
    // a meter asked for the same twice frees its place for the next one in the order
    loop {
        let round = fitting(wanted, &decided, &mut free);
        if round.is_empty() {
            break;
        }
        let ids = session.ids("slot", round.len()).await?;
        let mut rows = Rows::new(SLOT);
        for (&place, &id) in round.iter().zip(&ids) {
            rows.push(row(id, &wanted[place]));
        }
        let got = session.bulk_rows(rows, TAKE, int).await?;
        let got: BTreeSet<i64> = got.into_iter().collect();
        for (place, id) in round.into_iter().zip(ids) {
            let fits = got.contains(&id);
            decided[place] = true;
            taken[place] = fits.then_some(SlotId(id));
            if let Some(left) = free.get_mut(&group(&wanted[place])).filter(|_| !fits) {
                *left += 1;
            }
        }
    }
    Ok(taken)
}

/// Where several changes of one slot leave it.
struct End<'c> {
    state: SlotState,
    task: Option<(&'c str, Moment)>,
}

/// Which slots are free after these changes, and where the others stand.
fn ends(changes: &[SlotChange]) -> (BTreeSet<SlotId>, BTreeMap<SlotId, End<'_>>) {
    let mut freed = BTreeSet::new();
    let mut ends: BTreeMap<SlotId, End<'_>> = BTreeMap::new();
    for change in changes {
        match change {
            SlotChange::Sent(id, task, at) => {
                let task = Some((task.as_str(), *at));
                ends.insert(
                    *id,
                    End {
                        state: SlotState::Waiting,
                        task,
                    },
                );
            }
            SlotChange::Lost(id) => {
                let task = ends.get(id).and_then(|end| end.task);
                ends.insert(
                    *id,
                    End {
                        state: SlotState::Unknown,
                        task,
                    },
                );
            }
            SlotChange::Free(id) => {
                freed.insert(*id);
            }
            SlotChange::Forget(_) => {}
        }
    }
    (freed, ends)
}

/// The group whose limit counts a slot.
fn group(slot: &NewSlot) -> (&str, &str) {
    (&slot.head_end, &slot.group)
}

/// The places, in order, of what is not decided yet and finds its group free; takes that room.
fn fitting<'w>(
    wanted: &'w [NewSlot],
    decided: &[bool],
    free: &mut BTreeMap<(&'w str, &'w str), u32>,
) -> Vec<usize> {
    let undecided = (0..wanted.len()).filter(|place| !decided[*place]);
    let mut round = Vec::new();
    for place in undecided {
        if let Some(left) = free
            .get_mut(&group(&wanted[place]))
            .filter(|left| **left > 0)
        {
            *left -= 1;
            round.push(place);
        }
    }
    round
}

fn row(id: i64, new: &NewSlot) -> Vec<crate::sql::Arg> {
    let NewSlot {
        head_end,
        group,
        meter,
        asked,
        request,
        at,
        horizon,
        command,
        mark,
    } = new;
    args![
        id,
        head_end,
        group,
        meter,
        asked,
        request.map(|id| id.0),
        *at,
        *horizon,
        *command,
        mark.and_then(newest::stored)
    ]
}

fn slot(cells: &mut Cells<'_>) -> Result<Slot, sqlx::Error> {
    Ok(Slot {
        id: SlotId(cells.int()?),
        slot: NewSlot {
            head_end: cells.text()?,
            group: cells.text()?,
            meter: cells.meter()?,
            asked: cells.text()?,
            request: cells.maybe_int()?.map(RequestId),
            at: cells.moment()?,
            horizon: cells.moment()?,
            command: cells.maybe_int()?,
            mark: cells.maybe_small()?,
        },
        state: state(&cells.text()?)?,
        task: cells.maybe_text()?,
        sent_at: cells.maybe_moment()?,
    })
}

fn word(state: SlotState) -> &'static str {
    let known = STATES.iter().find(|(known, _)| *known == state);
    known.map_or("unknown", |(_, word)| word)
}

fn state(word: &str) -> Result<SlotState, sqlx::Error> {
    let known = STATES.iter().find(|(_, known)| *known == word);
    known
        .map(|(state, _)| *state)
        .ok_or_else(|| unreadable(format!("\"{word}\" is no state")))
}
