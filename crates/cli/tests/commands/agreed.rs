use crate::office::{WELL, done, first, hire, json, now, office, refused, write};

const WHY: &str = "moved out on the 1st";

fn disconnect(folder: &std::path::Path, who: &str) -> String {
    let words = ["command", "disconnect", WELL, "--reason", WHY, "--json"];
    first(&done(folder, who, &words))
}

#[test]
fn a_home_goes_dark_when_two_persons_agree_and_one_of_them_asked() {
    let folder = office();
    let here = folder.path();
    let id = disconnect(here, "carla");
    let said = refused(here, "carla", &["command", "approve", &id]);
    assert!(said.contains("own"), "{said}");
    // another key is still the same person
    let key = done(here, "boss", &["key", "add", "carla", "--label", "phone"]);
    write(here, "carla-phone", &key);
    let said = refused(here, "carla-phone", &["command", "approve", &id]);
    assert!(said.contains(&id) && said.contains("own"), "{said}");
    let said = refused(here, "anna", &["command", "approve", &id]);
    assert!(
        said.contains("anna is operator and may not approve"),
        "{said}"
    );
    // a name of today agrees to nothing
    done(
        here,
        "boss",
        &["user", "add", "new", "--role", "approver", "--no-password"],
    );
    let key = done(here, "boss", &["key", "add", "new", "--label", "desk"]);
    write(here, "new", &key);
    let said = refused(here, "new", &["command", "approve", &id]);
    assert!(said.contains("less than a day ago"), "{said}");

    let agree = ["command", "approve", &id, "--said", "seen the letter"];
    let out = done(here, "dora", &agree);
    assert!(out.contains(&format!("{id} is approved now")), "{out}");
    let shown = done(here, "", &["command", "show", &id]);
    assert!(
        shown.contains("dora agreed") && shown.contains("seen the letter"),
        "{shown}"
    );
    assert!(shown.contains(WHY), "{shown}");
    let said = refused(here, "dora", &["command", "approve", &id]);
    assert!(said.contains("can no longer be approved"), "{said}");
}

#[test]
fn what_is_rejected_or_taken_back_is_over() {
    let folder = office();
    let here = folder.path();
    let (one, two) = (disconnect(here, "anna"), "47001582544-999");
    let decided = refused(here, "dora", &["command", "reject", two, &one]);
    assert!(
        decided.contains("there is no command 47001582544-999"),
        "{decided}"
    );
    let list = json(&done(here, "", &["command", "list", "--json"]));
    assert_eq!(
        list["items"][0]["state"], "refused",
        "the other one was decided: {list}"
    );
    let one = disconnect(here, "anna");
    let out = done(here, "anna", &["command", "cancel", &one]);
    assert!(out.contains("is cancelled now"), "{out}");
    let open = done(here, "", &["command", "list", "--open"]);
    assert!(open.contains("No command fits"), "{open}");
    let said = refused(here, "dora", &["command", "approve", "x"]);
    assert!(said.contains("\"x\" is no command's id"), "{said}");
}

#[test]
fn a_team_of_one_says_so_in_the_configuration() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    hire(here, now());
    let alone = "[commands]\nsecond_person = false\n[[head_end]]\nname = \"main\"\ndialect = \
        \"station\"\nurl = \"http://127.0.0.1:9\"\nuser = \"ops\"\npassword_file = \"absent\"\n";
    write(here, "calinmeter.toml", alone);
    write(here, "fleet.csv", &format!("meter\n{WELL}\n"));
    done(here, "boss", &["meter", "import", "fleet.csv"]);
    let words = ["command", "disconnect", WELL, "--reason", WHY, "--json"];
    let item = json(&done(here, "anna", &words))["items"][0].clone();
    assert_eq!(item["state"], "queued");
    assert!(item["darkens"].is_string());
}

#[test]
fn stop_takes_back_what_is_not_sent_and_lets_nothing_be_asked_for_until_it_is_lifted() {
    let folder = office();
    let here = folder.path();
    let id = disconnect(here, "anna");
    let out = done(
        here,
        "tina",
        &["command", "stop", "--why", "the wrong list"],
    );
    assert!(
        out.contains("All acts are stopped; 1 that were not sent"),
        "{out}"
    );
    let shown = json(&done(here, "", &["command", "show", &id, "--json"]));
    assert_eq!(shown["state"], "cancelled");
    let again = done(here, "carla", &["command", "stop", "--why", "more"]);
    assert!(again.contains("stopped already, by tina"), "{again}");
    let stopped = json(&crate::office::ends(here, "", &["command", "stopped", "--json"], 1).0);
    assert_eq!(stopped["stop"]["by"], "tina");
    let words = [
        "command",
        "set-clock",
        WELL,
        "--reason",
        "an hour off",
        "--json",
    ];
    let item = json(&crate::office::ends(here, "anna", &words, 1).0)["items"][0].clone();
    let error = item["error"].as_str().unwrap();
    assert!(
        error.contains("stopped by tina (the wrong list)"),
        "{error}"
    );
    assert!(refused(here, "tina", &["command", "lift"]).contains("may not let acts go on"));
    done(here, "anna", &["command", "lift"]);
    assert!(refused(here, "anna", &["command", "lift"]).contains("nothing to lift"));
    done(here, "anna", &words);
}
