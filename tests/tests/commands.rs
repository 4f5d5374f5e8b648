//! Remedies end to end: asked for, checked, sent, carried out once, read back, proved; each dialect.

use ::desk::Clock;
use ::desk::command::{Asked, Denied, Request};
use ::desk::people::Who;
use ::desk::plan::Rules;
use asking::Dialect;
use end_to_end::{Desk, Head, Place, patience, register, rules, run, until};
use fleet::{HOUR, MeterNumber, Moment};
use people::{Person, PersonName, Role};
use serde_json::{Value, json};
use sim::Scene;
use std::time::Duration;
use store::{CommandFilter, CommandId, NewAudit, NewFinding};

/// How many times faster than the clock.
const SCALE: u32 = 200;
/// How long anything may take, of the computer's time.
const PATIENCE: Duration = Duration::from_mins(1);

macro_rules! each {
    ($($name:ident: $test:ident at $dialect:ident;)*) => {
        $(#[test] fn $name() { run($test(Dialect::$dialect)); })*
    };
}

each! {
    a_meter_is_reconnected_once_at_station: reconnected at Station;
    a_meter_is_reconnected_once_at_concentrator: reconnected at Concentrator;
    a_meter_is_reconnected_once_at_v1: reconnected at V1;
    a_disconnection_needs_a_second_person_at_station: disconnected at Station;
    a_tamper_is_cleared_after_its_finding_at_station: cleared at Station;
    a_tamper_is_cleared_after_its_finding_at_concentrator: cleared at Concentrator;
    a_limit_is_set_and_read_back_at_concentrator: limited at Concentrator;
    what_cannot_be_read_back_stays_executed_and_says_so_at_station: unproved at Station;
    a_value_is_read_at_v1: read at V1;
    a_brought_token_waits_for_the_status_and_is_delivered_at_station: brought at Station;
    a_lost_answer_is_found_again_and_nothing_is_done_twice_at_station: found at Station;
}

/// A desk over a small fleet of which one meter has something the matter.
struct Site {
    _place: Place,
    head: Head,
    desk: Desk,
    meter: MeterNumber,
}

impl Site {
    async fn open(dialect: Dialect, set: Value) -> Self {
        Self::asked_by(rules(), dialect, set).await
    }

    async fn asked_by(rules: Rules, dialect: Dialect, set: Value) -> Self {
        let clock = Clock::running(SCALE);
        let head = Head::open(dialect, clock, |_| {
            Scene::fleet(6, 2, 3).with_task_time(2_000)
        })
        .await;
        let number = head.sim.handle.numbers()[2].clone();
        head.sim
            .handle
            .patch_meter(&number, &set)
            .expect("the meter is set");
        let place = Place::sqlite();
        let store = place.open().await;
        register(&store, &head).await;
        let desk = Desk::open(store, clock, head.deployment(), patience(), rules).await;
        let meter = MeterNumber::parse(&number).expect("a number");
        Self {
            _place: place,
            head,
            desk,
            meter,
        }
    }

    /// Waits until the meter's status is this.
    async fn says(&self, code: u16) {
        let meters = [self.meter.clone()];
        until("the status is known", PATIENCE, async || {
            let known = self.desk.store().known(&meters).await.expect("a meter");
            let said = known[0].standing.as_ref().and_then(|it| it.ami_code);
            (said == Some(code))
                .then_some(())
                .ok_or_else(|| format!("it says {said:?}"))
        })
        .await;
    }

    async fn ask(&self, kind: &str, args: Value) -> Result<Asked, Denied> {
        let request = Request {
            meter: self.meter.clone(),
            kind: kind.to_owned(),
            args,
            reason: "asked for by the tenant".to_owned(),
            who: who("operator", Role::Operator),
            intent: Some(kind.to_owned()),
        };
        let mut asked = self.desk.commands.request(vec![request], false).await?;
        asked.remove(0)
    }

    /// Waits until the command stands so.
    async fn stands(&self, id: &CommandId, state: &str) -> store::Command {
        until("the command goes on", PATIENCE, async || {
            let found = self.desk.store().command(id).await.expect("a command");
            let (command, events) = found.expect("it is there");
            let story: Vec<_> = events
                .iter()
                .map(|one| format!("{} {}", one.event, one.said.clone().unwrap_or_default()))
                .collect();
            (command.stand.state == state)
                .then_some(command)
                .ok_or_else(|| story.join("; "))
        })
        .await
    }

    /// How often the meter has carried out what.
    fn done(&self) -> sim::Done {
        let view = self.head.sim.handle.meter(self.meter.as_str());
        view.expect("a meter").state.done
    }

    async fn verified(&self, kind: &str, args: Value) -> store::Command {
        let asked = self.ask(kind, args).await.expect("it is taken");
        let id = asked.id.expect("an id");
        self.stands(&id, "verified").await
    }
}

fn who(name: &str, role: Role) -> Who {
    let name = PersonName::parse(name).expect("a name");
    Who {
        person: Person::new(name, role, Moment(0)),
        via: "test".to_owned(),
    }
}

async fn reconnected(dialect: Dialect) {
    let site = Site::open(dialect, json!({ "conditions": { "remote-off": true } })).await;
    site.says(1007).await;
    let refused = site.ask("reconnect", json!({})).await.expect("it is taken");
    assert_eq!(refused.state, "refused", "nobody knows whose order it was");
    let asked = site.desk.commands.request(
        vec![Request {
            meter: site.meter.clone(),
            kind: "reconnect".to_owned(),
            args: json!({ "order_known": true }),
            reason: "paid on Monday".to_owned(),
            who: who("operator", Role::Operator),
            intent: None,
        }],
        false,
    );
    let asked = asked
        .await
        .expect("the store works")
        .remove(0)
        .expect("taken");
    let command = site.stands(&asked.id.expect("an id"), "verified").await;
    assert!(command.proof.is_some(), "{command:?}");
    assert_eq!(site.done().on, 1);
    site.says(1000).await;
}

async fn disconnected(dialect: Dialect) {
    let site = Site::open(dialect, json!({})).await;
    site.says(1000).await;
    let asked = site
        .ask("disconnect", json!({}))
        .await
        .expect("it is taken");
    assert_eq!(asked.state, "proposed");
    let id = asked.id.expect("an id");
    let commands = &site.desk.commands;
    let approve = async |name: &str, role| commands.approve(&id, &who(name, role), "").await;
    let own = approve("operator", Role::Approver).await;
    assert!(matches!(own, Err(Denied::NotAllowed(_))), "{own:?}");
    let viewer = approve("viewer", Role::Viewer).await;
    assert!(matches!(viewer, Err(Denied::NotAllowed(_))), "{viewer:?}");
    let mut young = who("second", Role::Approver);
    young.person.role_since = site.head.clock.now().plus(-HOUR);
    let young = commands.approve(&id, &young, "").await;
    assert!(matches!(young, Err(Denied::NotAllowed(_))), "{young:?}");
    assert_eq!(site.done().off, 0);
    approve("second", Role::Approver).await.expect("agreed");
    let command = site.stands(&id, "verified").await;
    assert_eq!(command.second.as_deref(), Some("second"));
    assert_eq!(site.done().off, 1);
    site.says(1007).await;
    // what we opened ourselves we may close
    let command = site.verified("reconnect", json!({})).await;
    assert_eq!(command.stand.state, "verified");
    assert_eq!((site.done().off, site.done().on), (1, 1));
}

async fn brought(dialect: Dialect) {
    // nobody has read the status: the check has it read, and looks at the token again afterwards
    let rules = Rules {
        routine: None,
        ..rules()
    };
    let site = Site::asked_by(rules, dialect, json!({})).await;
    let token = json!({ "token": "37037300014464855694", "purpose": "other" });
    let asked = site.ask("deliver-token", token).await.expect("taken");
    assert_eq!(asked.state, "proposed", "{:?}", asked.said);
    let id = asked.id.expect("an id");
    let second = who("second", Role::Approver);
    let agreed = site.desk.commands.approve(&id, &second, "").await;
    agreed.expect("agreed");
    until("the token leaves", PATIENCE, async || {
        let found = site.desk.store().command(&id).await.expect("a command");
        let (_, events) = found.expect("it is there");
        let said: Vec<String> = events.iter().map(|one| format!("{one:?}")).collect();
        let sent = events.iter().any(|one| one.event == "send");
        sent.then_some(()).ok_or_else(|| said.join("; "))
    })
    .await;
}

async fn cleared(dialect: Dialect) {
    let open = json!({ "conditions": { "terminal-tamper": true } });
    let site = Site::open(dialect, open).await;
    site.says(1006).await;
    let early = site.ask("clear-tamper", json!({})).await.expect("taken");
    assert_eq!(early.state, "refused", "{:?}", early.said);
    let finding = NewFinding {
        meter: site.meter.clone(),
        at: site.head.clock.now(),
        who: "technician".to_owned(),
        kind: "tamper".to_owned(),
        said: "the seal was cut, photographed".to_owned(),
        seal_before: None,
        seal_after: Some("A 17".to_owned()),
        photo: None,
    };
    let store = site.desk.store();
    store
        .put_finding(&finding, &NewAudit::default())
        .await
        .expect("kept");
    let request = Request {
        meter: site.meter.clone(),
        kind: "clear-tamper".to_owned(),
        args: json!({}),
        reason: "resealed today".to_owned(),
        who: who("operator", Role::Operator),
        intent: None,
    };
    let asked = site.desk.commands.request(vec![request], false).await;
    let asked = asked.expect("the store works").remove(0).expect("taken");
    site.stands(&asked.id.expect("an id"), "verified").await;
    assert_eq!(site.done().token, 1);
    let ledger = store
        .token_ledger(Some(&site.meter), 9)
        .await
        .expect("read");
    assert_eq!(ledger.len(), 1);
    assert!(
        ledger[0].minted && ledger[0].masked.starts_with('*'),
        "{ledger:?}"
    );
    let sealed = store.sealed(&[ledger[0].id.clone()]).await.expect("read");
    assert_eq!(sealed, [], "the digits are forgotten");
}

async fn limited(dialect: Dialect) {
    let site = Site::open(dialect, json!({ "limit_w": 3000 })).await;
    site.says(1000).await;
    // how much the home draws at most is not known yet: a limit may darken it
    let asked = site.ask("set-load-limit", json!({ "watts": 5000 })).await;
    let asked = asked.expect("it is taken");
    let id = asked.id.expect("an id");
    if asked.state == "proposed" {
        let second = who("second", Role::Approver);
        let agreed = site.desk.commands.approve(&id, &second, "").await;
        agreed.expect("agreed");
    }
    site.stands(&id, "verified").await;
    let view = site.head.sim.handle.meter(site.meter.as_str());
    assert_eq!(view.expect("a meter").state.limit_w, 5000);
    let zero = site.ask("set-load-limit", json!({ "watts": 0 })).await;
    assert!(matches!(zero, Err(Denied::Never(_))), "{zero:?}");
}

async fn read(dialect: Dialect) {
    let site = Site::open(dialect, json!({})).await;
    let command = site.verified("read", json!({ "item": "power" })).await;
    assert_eq!(command.outcome.as_deref(), Some("the meter answered"));
    let meters = [site.meter.clone()];
    until("the answer is judged", PATIENCE, async || {
        let known = site.desk.store().known(&meters).await.expect("known");
        let power = known[0].latest.iter().find(|it| it.item == "power");
        power.map(drop).ok_or_else(|| "no power".to_owned())
    })
    .await;
}

async fn unproved(dialect: Dialect) {
    let site = Site::open(dialect, json!({ "limit_w": 3000 })).await;
    site.says(1000).await;
    let asked = site.ask("set-load-limit", json!({ "watts": 5000 })).await;
    let id = asked.expect("it is taken").id.expect("an id");
    let second = who("second", Role::Approver);
    let agreed = site.desk.commands.approve(&id, &second, "").await;
    agreed.expect("agreed");
    let command = until("its time for a proof is over", PATIENCE, async || {
        let found = site.desk.store().command(&id).await.expect("read");
        let (command, _) = found.expect("there");
        let settled = command.stand.deadline.is_none();
        settled
            .then_some(command)
            .ok_or_else(|| "it is waited for".to_owned())
    })
    .await;
    assert_eq!(command.stand.state, "executed");
    let said = command.outcome.expect("a sentence");
    assert!(said.contains("did not prove it"), "{said}");
    assert_eq!(site.done().token, 1);
}

async fn found(dialect: Dialect) {
    let site = Site::open(dialect, json!({ "conditions": { "remote-off": true } })).await;
    site.says(1007).await;
    let fault = sim::Fault {
        name: sim::FaultName::LostAnswer,
        head: None,
        path: Some("CreateControlTask".to_owned()),
        probability: 1.0,
        ms: 0,
        up_to_ms: 0,
        times: Some(1),
    };
    site.head.sim.handle.set_faults(vec![fault]);
    let command = site
        .verified("reconnect", json!({ "order_known": true }))
        .await;
    assert_eq!(site.done().on, 1);
    let events = site.desk.store().command(&command.id).await;
    let (_, events) = events.expect("read").expect("there");
    let words: Vec<&str> = events.iter().map(|one| one.event.as_str()).collect();
    assert!(words.contains(&"lose"), "{words:?}");
    let all = site
        .desk
        .store()
        .commands(&CommandFilter::default(), 9)
        .await;
    assert_eq!(all.expect("read").len(), 1);
}
