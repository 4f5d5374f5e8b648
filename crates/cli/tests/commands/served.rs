//! With a head-end and `calinmeter serve` beside it.

use crate::office::{command, done, ends, hire, json, now, refused, write};
use fleet::DAY;
use sim::{Dialect, ItemName, Options, Password, Running, Scene};
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::Child;
use std::time::{Duration, Instant};
use tempfile::TempDir;
use tokio::runtime::Runtime;

const SECRET: &str = "whsec_eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHg=";
/// More than this is no slow machine.
const PATIENCE: Duration = Duration::from_mins(1);

struct House {
    folder: TempDir,
    sim: Running,
    serve: Child,
    _runtime: Runtime,
}

/// A head-end that carries tasks out at once, a server that asks it, and people.
fn house() -> House {
    let runtime = Runtime::new().unwrap();
    let mut scene = Scene::fleet(4, 1, 1);
    scene.pace = sim::Pace::fixed(10);
    scene.webhook_secret = Some(Password(SECRET.to_owned()));
    let options = Options {
        heads: vec![(Dialect::Station, 0)],
        ..Options::default()
    };
    let sim = runtime.block_on(sim::start(scene, &options)).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    configure(here, &sim);
    hire(here, now().plus(-2 * DAY));
    done(
        here,
        "boss",
        &["meter", "import", "--from-head-end", "main"],
    );
    let mut serve = command(here, "", &["serve", "--listen", "127.0.0.1:0"])
        .stdin(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let mut line = String::new();
    let out = serve.stdout.take().unwrap();
    BufReader::new(out).read_line(&mut line).unwrap();
    assert!(line.contains("The worklist is at"), "{line}");
    House {
        folder,
        sim,
        serve,
        _runtime: runtime,
    }
}

fn configure(folder: &Path, sim: &Running) {
    let head = &sim.heads[0];
    let status = ItemName::operating_status(head.dialect);
    let (url, user, asks) = (&head.url, &head.user, &status.asks[0]);
    let hook = format!("{}/sim/webhook", sim.control_url);
    let text = format!(
        "[[head_end]]\nname = \"main\"\ndialect = \"station\"\nurl = \"{url}\"\nuser = \
         \"{user}\"\npassword_file = \"password\"\n[head_end.items]\noperating_status = \
         \"{asks}\"\nstatus_family = \"ami\"\n[head_end.pace]\nfirst_poll_s = \
         1\n[[webhook]]\nname = \"billing\"\nurl = \"{hook}\"\nsecret_file = \
         \"hook\"\n[[webhook]]\nname = \"nobody\"\nurl = \"http://127.0.0.1:9/\"\nsecret_file = \
         \"hook\"\nevents = [\"case.*\"]\n"
    );
    write(folder, "calinmeter.toml", &text);
    write(folder, "password", &head.password.0);
    write(folder, "hook", SECRET);
}

impl House {
    /// Ends the server as a service manager does.
    fn close(mut self) -> bool {
        let id = self.serve.id().to_string();
        let told = std::process::Command::new("kill")
            .args(["-TERM", &id])
            .status();
        assert!(told.unwrap().success());
        self.serve.wait().unwrap().success()
    }
}

impl Drop for House {
    fn drop(&mut self) {
        drop(self.serve.kill());
    }
}

#[test]
fn a_canary_goes_first_then_the_rest_and_the_endpoint_hears_of_each() {
    let house = house();
    let here = house.folder.path();
    let known = json(&done(here, "anna", &["meter", "list", "--json"]));
    let meters: Vec<&str> = known["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| item["meter"].as_str().unwrap())
        .collect();
    assert_eq!(meters.len(), 4);
    let mut words = vec!["command", "read"];
    words.extend(&meters);
    words.extend([
        "--reason",
        "who has power",
        "--canary",
        "1",
        "--wait=60",
        "--json",
    ]);
    let (out, said) = ends(here, "anna", &words, 0);
    assert!(!said.contains("nobody sends"), "{said}");
    let read = json(&out);
    let items = read["items"].as_array().unwrap();
    assert!(
        items.iter().all(|item| item["state"] == "verified"),
        "{out}"
    );
    let again: Vec<bool> = items.iter().map(|item| item["again"] == true).collect();
    assert_eq!(
        again,
        [true, false, false, false],
        "the first was asked for before the others"
    );

    let test = done(here, "anna", &["webhook", "test", "billing"]);
    assert!(test.contains("billing heard webhook.test"), "{test}");
    let away = refused(here, "anna", &["webhook", "test", "nobody"]);
    assert!(
        away.contains("did not hear webhook.test: the endpoint cannot be reached"),
        "{away}"
    );
    let heard = |attempts: u64| {
        let list = json(&done(here, "", &["webhook", "list", "--json"]));
        let all = list.as_array().unwrap().clone();
        let told = |one: &serde_json::Value| one["delivered_at"].is_string();
        assert!(
            all.iter().all(|one| one["endpoint"] == "billing"),
            "only what it wants"
        );
        all.len() == 4
            && all.iter().all(told)
            && all
                .iter()
                .map(|one| one["attempts"].as_u64().unwrap())
                .sum::<u64>()
                == attempts
    };
    until(|| heard(4));
    let replayed = done(
        here,
        "tina",
        &["webhook", "replay", "--since", "2026-01-01T00:00Z"],
    );
    assert!(
        replayed.contains("4 message(s) are told again"),
        "{replayed}"
    );
    until(|| house.sim.handle.stats().webhook.repeats == 4);
    assert!(done(here, "", &["webhook", "list", "--endpoint", "x"]).contains("No message fits"));
    assert!(house.close(), "it ends well when it is told to");
}

fn until(so: impl Fn() -> bool) {
    let end = Instant::now() + PATIENCE;
    while !so() {
        assert!(Instant::now() < end, "it never came to be");
        std::thread::yield_now();
    }
}
