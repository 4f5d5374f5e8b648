//! Where single wishes come in. What comes while others are being written down goes together with
//! the next: a wish alone waits for nobody, and many at once share one durable step.

use super::{Asked, Commands, Denied, Request};
use fleet::MeterNumber;
use std::collections::{BTreeSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::oneshot;

/// So many wishes go together at most.
pub const TOGETHER: usize = 256;

/// What came of a wish that went with others. Where the store failed it failed for all of them.
pub type Answer = Result<Asked, Arc<Denied>>;

/// Takes wishes in one by one and asks for them together. Cloning is cheap; all clones are one
/// counter.
#[derive(Clone, Debug)]
pub struct Counter {
    inner: Arc<Inner>,
}

#[derive(Debug)]
struct Inner {
    commands: Arc<Commands>,
    queue: Mutex<Queue>,
}

#[derive(Debug, Default)]
struct Queue {
    waiting: VecDeque<Waiting>,
    /// Whether somebody works at it.
    open: bool,
}

#[derive(Debug)]
struct Waiting {
    request: Request,
    answer: oneshot::Sender<Answer>,
}

impl Counter {
    /// A counter in front of this service.
    pub fn new(commands: Arc<Commands>) -> Self {
        Self {
            inner: Arc::new(Inner {
                commands,
                queue: Mutex::default(),
            }),
        }
    }

    /// Asks for one command. It is written down when this returns, also where the caller does not
    /// wait for it. Wishes for one meter are written down in the order in which they came.
    pub async fn ask(&self, request: Request) -> Answer {
        let (answer, answered) = oneshot::channel();
        if self.inner.line_up(Waiting { request, answer }) {
            tokio::spawn(serve(Shift(self.inner.clone())));
        }
        answered
            .await
            .unwrap_or_else(|_| Err(Arc::new(Denied::Broken)))
    }
}

impl Inner {
    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts a wish at the end; whether somebody has to begin to work.
    fn line_up(&self, one: Waiting) -> bool {
        let mut queue = self.queue();
        queue.waiting.push_back(one);
        !std::mem::replace(&mut queue.open, true)
    }

    /// The wishes that go together next; where there are none the counter closes.
    fn next(&self) -> Vec<Waiting> {
        let mut queue = self.queue();
        let next = together(&mut queue.waiting);
        queue.open = !next.is_empty();
        next
    }
}

/// Somebody works at the counter. Whatever ends the work, the counter can be opened again.
struct Shift(Arc<Inner>);

impl Drop for Shift {
    fn drop(&mut self) {
        let mut queue = self.0.queue();
        if queue.open {
            // the work ended before its time: who waits is told so
            *queue = Queue::default();
        }
    }
}

async fn serve(shift: Shift) {
    loop {
        let next = shift.0.next();
        if next.is_empty() {
            return;
        }
        let (requests, answers): (Vec<_>, Vec<_>) = next
            .into_iter()
            .map(|one| (one.request, one.answer))
            .unzip();
        let came = asked(&shift.0.commands, requests).await;
        for (answer, came) in answers.into_iter().zip(came) {
            // who does not wait any more is not told
            drop(answer.send(came));
        }
    }
}

/// Takes the wishes that go together from the head of the queue: at most one for each meter, since a
/// newer wish has to see the older one where it stands. The others stay in their order.
fn together(waiting: &mut VecDeque<Waiting>) -> Vec<Waiting> {
    let mut meters: BTreeSet<MeterNumber> = BTreeSet::new();
    let (mut next, mut stay) = (Vec::new(), VecDeque::new());
    while let Some(one) = waiting.pop_front() {
        let fits = next.len() < TOGETHER && meters.insert(one.request.meter.clone());
        if fits {
            next.push(one);
        } else {
            stay.push_back(one);
        }
        if next.len() == TOGETHER {
            break;
        }
    }
    stay.append(waiting);
    *waiting = stay;
    next
}

/// Asks for them together. A wish that is refused is refused alone; a store that is away fails all.
async fn asked(commands: &Commands, requests: Vec<Request>) -> Vec<Answer> {
    let many = requests.len();
    match commands.request(requests, false).await {
        Ok(came) => came.into_iter().map(|one| one.map_err(Arc::new)).collect(),
        Err(denied) => vec![Err(Arc::new(denied)); many],
    }
}

#[cfg(test)]
mod tests {
    use super::{Request, TOGETHER, VecDeque, Waiting, together};
    use crate::people::Who;
    use fleet::{MeterNumber, Moment};
    use people::{Person, PersonName, Role};
    use tokio::sync::oneshot;

    fn waiting(meter: usize, intent: usize) -> Waiting {
        let name = PersonName::parse("desk").unwrap();
        let request = Request {
            meter: MeterNumber::parse(&format!("47{meter:09}")).unwrap(),
            kind: "read".to_owned(),
            args: serde_json::Value::Null,
            reason: String::new(),
            who: Who {
                person: Person::new(name, Role::Operator, Moment(0)),
                via: "a test".to_owned(),
            },
            intent: Some(intent.to_string()),
        };
        let (answer, _) = oneshot::channel();
        Waiting { request, answer }
    }

    fn names(waiting: impl IntoIterator<Item = Waiting>) -> Vec<String> {
        let name = |one: Waiting| one.request.intent.unwrap();
        waiting.into_iter().map(name).collect()
    }

    #[test]
    fn one_wish_of_each_meter_goes_and_the_others_keep_their_order() {
        let meters = [1, 2, 1, 3, 1, 2];
        let mut queue: VecDeque<_> = (0..)
            .zip(meters)
            .map(|(place, meter)| waiting(meter, place))
            .collect();
        assert_eq!(names(together(&mut queue)), ["0", "1", "3"]);
        assert_eq!(names(together(&mut queue)), ["2", "5"]);
        assert_eq!(names(together(&mut queue)), ["4"]);
        assert!(together(&mut queue).is_empty());
    }

    #[test]
    fn no_more_go_together_than_one_step_takes() {
        let mut queue: VecDeque<_> = (0..=TOGETHER).map(|n| waiting(n, n)).collect();
        queue.push_back(waiting(0, 999));
        assert_eq!(together(&mut queue).len(), TOGETHER);
        let rest = [TOGETHER.to_string(), "999".to_owned()];
        assert_eq!(names(together(&mut queue)), rest);
    }
}
