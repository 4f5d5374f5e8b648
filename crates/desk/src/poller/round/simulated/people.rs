//! People: what they ask for, agree to, take back, hold and stop.

use super::world::World;
use crate::command::Request;
use crate::people::{People, Who};
use fleet::Moment;
use people::{Person, PersonName, Role};
use serde_json::{Value, json};
use store::{CommandFilter, NewAudit, NewHold};

fn who(name: &str, role: Role) -> Who {
    Who {
        person: Person::new(PersonName::parse(name).expect("a name"), role, Moment(0)),
        via: "test".to_owned(),
    }
}

impl World {
    /// Somebody does something.
    pub(super) async fn person(&mut self) {
        match self.dice.up_to(19) {
            10..=13 if self.stopped => self.stops().await,
            10..=13 => self.decides("approve").await,
            14 => self.decides("reject").await,
            15..=16 => self.decides("cancel").await,
            17 => self.holds().await,
            18 if self.stopped || self.dice.once_in(4) => self.stops().await,
            _ => self.asks().await,
        }
    }

    fn one_of<T: Clone>(&mut self, all: &[T]) -> Option<T> {
        let last = i64::try_from(all.len()).ok()?.checked_sub(1)?;
        let place = self.dice.up_to(last.max(0));
        all.get(usize::try_from(place).ok()?).cloned()
    }

    async fn asks(&mut self) {
        let kinds: [(&str, Value); 5] = [
            ("reconnect", json!({ "order_known": true })),
            ("reconnect", json!({ "order_known": true })),
            ("disconnect", json!({})),
            ("read", json!({ "item": "power" })),
            ("set-load-limit", json!({ "watts": 4000 })),
        ];
        let Some((kind, args)) = self.one_of(&kinds) else {
            return;
        };
        let meters = self.meters.clone();
        let Some(meter) = self.one_of(&meters) else {
            return;
        };
        let intent = self.dice.once_in(3).then(|| format!("{kind} again"));
        self.say(&format!("somebody asks for {kind} at {meter}"));
        let request = Request {
            meter,
            kind: kind.to_owned(),
            args,
            reason: "because of the test".to_owned(),
            who: who("asker", Role::Operator),
            intent,
        };
        let asked = self.commands.request(vec![request], false).await;
        let asked = asked.expect("the store works").remove(0);
        if let Ok(asked) = asked
            && let Some(id) = asked.id
        {
            self.say(&format!("it is {id}, {}", asked.state));
            if !self.taken.contains(&id) {
                self.taken.push(id);
            }
        }
    }

    async fn decides(&mut self, what: &str) {
        let filter = CommandFilter {
            open: true,
            ..CommandFilter::default()
        };
        let open = self.commands.store().commands(&filter, 50).await;
        let open = open.expect("the store works");
        let wanting: Vec<_> = match what {
            "approve" | "reject" => open
                .into_iter()
                .filter(|one| one.stand.state == "proposed")
                .collect(),
            _ => open,
        };
        let Some(one) = self.one_of(&wanting) else {
            return;
        };
        let (id, second) = (one.id, who("second", Role::Approver));
        let decided = match what {
            "approve" => self.commands.approve(&id, &second, "").await,
            "reject" => self.commands.reject(&id, &second, "").await,
            _ => self.commands.cancel(&id, &second, "").await,
        };
        self.say(&format!("{what} {id}: {}", decided.is_ok()));
    }

    async fn holds(&mut self) {
        let meters = self.meters.clone();
        let Some(meter) = self.one_of(&meters) else {
            return;
        };
        let store = self.commands.store();
        let held = store.holds(std::slice::from_ref(&meter)).await;
        if let Some(hold) = held.expect("the store works").first() {
            let audit = NewAudit {
                who: "holder".to_owned(),
                at: self.clock.now(),
                ..NewAudit::default()
            };
            let released = store
                .release_hold(&meter, hold.id, "holder", 1, &audit)
                .await;
            released.expect("the store works");
            return self.say(&format!("the hold on {meter} is released"));
        }
        let new = NewHold {
            meter: meter.clone(),
            kind: "lock-out".to_owned(),
            who: "holder".to_owned(),
            why: "somebody works there".to_owned(),
            at: self.clock.now(),
        };
        let put = store.put_hold(&new, &NewAudit::default()).await;
        put.expect("the store works");
        self.say(&format!("{meter} is held"));
    }

    async fn stops(&mut self) {
        let people = People::new(self.commands.store().clone());
        let by = who("second", Role::Approver);
        let now = self.clock.now();
        if people.stop(&by, "enough", now).await.is_ok() {
            let back = self.commands.take_all_back(&by).await;
            let back = back.expect("the store works");
            self.stopped = true;
            return self.say(&format!("all acts are stopped, {back} taken back"));
        }
        people.lift(&by, now).await.expect("it is lifted");
        self.stopped = false;
        self.say("the stop is lifted");
    }
}
