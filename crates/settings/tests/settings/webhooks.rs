use crate::{read, refusal};
use settings::SecretAt;

const HOOK: &str = "[[webhook]]\nname = \"billing\"\nurl = \"https://billing.example.org/in?a=1\"\nsecret_file = \"secrets/hook\"\n";

fn with(key: &str, value: &str) -> String {
    let mut lines: Vec<String> = HOOK.lines().map(str::to_owned).collect();
    lines.retain(|line| !line.starts_with(&format!("{key} =")));
    lines.push(format!("{key} = {value}\n"));
    lines.join("\n")
}

#[test]
fn an_endpoint_is_read_and_wants_commands_unless_it_says_otherwise() {
    let hook = read(HOOK).webhooks.remove(0);
    assert_eq!(hook.name, "billing");
    assert_eq!(hook.url, "https://billing.example.org/in?a=1");
    assert_eq!(hook.secret, Some(SecretAt::File("secrets/hook".to_owned())));
    assert_eq!(hook.events, ["command.*"]);
    let all = read(&with("events", "[\"*\", \"command.failed\"]"));
    assert_eq!(all.webhooks[0].events, ["*", "command.failed"]);
    // this machine and private networks are the operator's own to name
    for url in [
        "http://127.0.0.1:8123/x",
        "http://10.0.0.5",
        "http://[::1]:80/",
    ] {
        assert_eq!(
            read(&with("url", &format!("\"{url}\""))).webhooks[0].url,
            url
        );
    }
}

#[test]
fn a_wrong_endpoint_is_refused_with_what_to_write() {
    for (key, value, said) in [
        ("url", "\"billing\"", "write an address such as"),
        (
            "url",
            "\"ftp://billing.example.org/\"",
            "write an address such as",
        ),
        ("url", "\"https:///x\"", "write an address such as"),
        (
            "url",
            "\"https://a:b@billing.example.org/\"",
            "take them out",
        ),
        (
            "url",
            "\"https://billing.example.org/a b\"",
            "has no blanks",
        ),
        ("events", "[]", "write 1 to 50 kinds"),
        ("events", "\"command.*\"", "write a list of kinds"),
        ("events", "[1]", "write a list of kinds"),
        ("events", "[\"Command.*\"]", "names no events"),
        ("events", "[\"command*\"]", "names no events"),
        ("secret", "\"whsec_AAAA\"", "secret_file or secret_env"),
    ] {
        let refused = refusal(&with(key, value));
        assert!(refused.contains(said), "{key} = {value}: {refused}");
        assert!(
            !refused.contains("whsec_AAAA") && !refused.contains("a:b"),
            "{refused}"
        );
    }
    let twice = refusal(&format!("{HOOK}{HOOK}"));
    assert!(twice.contains("webhook.name"), "{twice}");
    let bare = refusal("[[webhook]]\nname = \"billing\"\nurl = \"https://a.example.org\"\n");
    assert!(bare.contains("secret_file"), "{bare}");
}
