//! What must hold, whatever happened.

use super::world::World;
use fleet::HOUR;
use std::collections::BTreeMap;
use store::Command;

impl World {
    async fn all(&self) -> Vec<Command> {
        let found = self.commands.store().commands_by_id(&self.taken).await;
        found.expect("the store works")
    }

    /// Whether nothing is left to be done.
    pub(super) async fn is_settled(&self) -> bool {
        let all = self.all().await;
        let open = |one: &&Command| one.stand.deadline.is_some() && one.stand.state != "unknown";
        let waits = |one: &&Command| one.stand.state == "unknown";
        let horizon = self.commands.rules().of("main").terms.horizon;
        let young = |one: &Command| {
            let sent = one.stand.sent_at.unwrap_or(one.stand.since);
            self.clock.now().since(sent) < horizon + HOUR
        };
        let slots = self.commands.store().slots("main").await;
        let slots = slots.expect("the store works");
        // a task that may still run counts until its horizon, whatever became of its command
        let held = slots.iter().filter(|it| it.slot.command.is_some());
        let runs = held
            .map(|it| it.slot.at)
            .any(|at| self.clock.now().since(at) < horizon + HOUR);
        all.iter().find(open).is_none() && !all.iter().filter(waits).any(young) && !runs
    }

    /// Everything that happened to commands.
    pub(super) async fn events(&self) -> Vec<String> {
        let mut all = Vec::new();
        for id in &self.taken {
            let found = self.commands.store().command(id).await;
            let (_, events) = found.expect("the store works").expect("it is there");
            all.extend(events.into_iter().map(|it| it.event));
        }
        all
    }

    async fn story(&self, one: &Command) -> String {
        let found = self.commands.store().command(&one.id).await;
        let (_, events) = found.expect("the store works").expect("it is there");
        let vendor = self.head.vendor();
        let tasks = vendor.made(one.id.number);
        let steps: Vec<String> = events
            .iter()
            .map(|it| format!("{} -> {} ({:?})", it.event, it.state, it.said))
            .collect();
        format!(
            "seed {}: {} {}\n{}\n{tasks:#?}",
            self.seed,
            one.kind,
            one.id,
            steps.join("\n")
        )
    }

    pub(super) async fn keeps_its_promises(&self) {
        let all = self.all().await;
        assert_eq!(
            all.len(),
            self.taken.len(),
            "seed {}: none is lost",
            self.seed
        );
        if self.told {
            for one in &all {
                let found = self.commands.store().command(&one.id).await;
                for it in found.expect("read").expect("there").1 {
                    let at = it.at.0 - 1_785_909_600_000;
                    let (event, state, said) = (it.event, it.state, it.said.unwrap_or_default());
                    eprintln!(
                        "{:>9}.{:03}  {} {event} -> {state} {said}",
                        at / 1000,
                        at % 1000,
                        one.id
                    );
                }
            }
        }
        let broken = self.head.vendor().broken.clone();
        assert_eq!(broken, [""; 0], "seed {}", self.seed);
        for one in &all {
            self.keeps(one).await;
        }
        self.darkens_few(&all);
        let slots = self.commands.store().slots("main").await;
        let slots = slots.expect("the store works");
        let held: Vec<_> = slots
            .iter()
            .filter(|it| it.slot.command.is_some())
            .collect();
        assert!(held.is_empty(), "seed {}: {held:?}", self.seed);
    }

    async fn keeps(&self, one: &Command) {
        let (done, made) = {
            let vendor = self.head.vendor();
            let made = vendor.made(one.id.number).len();
            (vendor.done(one.id.number), made)
        };
        let state = one.stand.state.as_str();
        let story = self.story(one).await;
        if one.physical {
            assert!(made <= 1, "sent twice\n{story}");
        }
        let open = one.stand.deadline.is_some();
        assert!(!open || state == "unknown", "it hangs\n{story}");
        match state {
            "verified" | "executed" if one.physical => {
                assert!(done > 0, "said to be done and was not\n{story}");
            }
            "refused" | "expired" | "superseded" | "cancelled" if one.physical => {
                assert_eq!(made, 0, "said never to have left, and did\n{story}");
            }
            // the meter did what the head-end denies: nobody can know
            "failed" if one.physical => {
                assert!(
                    done == 0 || self.denied(one.id.number),
                    "it was done\n{story}"
                );
            }
            // a read may be asked for and taken back
            "verified" | "executed" | "failed" | "unknown" | "refused" | "expired"
            | "superseded" | "cancelled" => {}
            other => panic!("it stands {other}\n{story}"),
        }
    }

    /// Whether the head-end says of a command's task that it was not done, and it was.
    fn denied(&self, command: i64) -> bool {
        let vendor = self.head.vendor();
        vendor.made(command).iter().any(|task| task.is_denied())
    }

    /// Of the homes of a site at most one an hour and two a day lose their supply by our hand.
    fn darkens_few(&self, all: &[Command]) {
        let vendor = self.head.vendor();
        let mut sites: BTreeMap<&str, Vec<i64>> = BTreeMap::new();
        for one in all.iter().filter(|one| one.darkens) {
            let sent = vendor
                .made(one.id.number)
                .into_iter()
                .filter(|it| it.is_known());
            let times = sent.map(|task| task.at.0);
            let site = one.site.as_deref().unwrap_or_default();
            sites.entry(site).or_default().extend(times);
        }
        for (site, mut times) in sites {
            times.sort_unstable();
            for pair in times.windows(2) {
                // the act is written down a little before it reaches the head-end
                assert!(
                    pair[1] - pair[0] > HOUR - 25 * 60_000,
                    "seed {}: {site} {times:?}",
                    self.seed
                );
            }
            for three in times.windows(3) {
                assert!(
                    three[2] - three[0] > 23 * HOUR,
                    "seed {}: {site} {times:?}",
                    self.seed
                );
            }
        }
    }
}
