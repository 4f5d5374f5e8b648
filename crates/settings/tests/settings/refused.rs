use crate::{HEAD_END, error, refusal};

#[test]
fn several_things_that_are_wrong_are_said_at_once_in_their_order() {
    let said = refusal(
        "[server]\nlisten = \"here\"\n\n[polling]\nroutine_evry = \"4h\"\nstale_after = 5\n[cloud]\nx = 1\n",
    );
    let lines: Vec<&str> = said.lines().collect();
    assert_eq!(
        lines[0],
        "calinmeter.toml:2:10: server.listen: \"here\" is no address: write one with its port, such as 127.0.0.1:8080"
    );
    assert_eq!(
        lines[1],
        "calinmeter.toml:5:1: polling.routine_evry: nobody knows this key: did you mean routine_every?"
    );
    assert!(lines[2].starts_with("calinmeter.toml:6:15: polling.stale_after: this is a number"));
    assert!(lines[3].starts_with(
        "calinmeter.toml:7:2: cloud: nobody knows this key here; known are server, store,"
    ));
    assert_eq!(lines.len(), 4, "{said}");
}

#[test]
fn a_secret_in_the_file_is_refused_and_not_repeated() {
    for line in [
        "password = \"hunter2\"",
        "Password = \"hunter2\"",
        "authorization = \"hunter2\"",
        "token = \"hunter2\"",
        "api_key = \"hunter2\"",
        "password = { value = \"hunter2\" }",
    ] {
        let said = refusal(&format!("{HEAD_END}{line}\n"));
        assert!(said.contains("calinmeter.toml:7:1: head_end."), "{said}");
        assert!(
            said.contains("a secret does not stand in this file: take it out")
                || said.contains("did you mean password_"),
            "{said}"
        );
        assert!(!said.contains("hunter2"), "{said}");
    }
    let said = refusal(&format!("{HEAD_END}password = \"hunter2\"\n"));
    assert!(
        said.contains("name where it is with password_file or password_env"),
        "{said}"
    );
}

#[test]
fn text_that_is_no_toml_is_refused_where_it_stands_and_not_repeated() {
    let error = error("[store]\nurl = hunter2\n");
    assert!(
        error.to_string().starts_with("calinmeter.toml:2:7: "),
        "{error}"
    );
    assert!(!error.to_string().contains("hunter2"), "{error}");
    for text in [
        "[store\n",
        "= 5",
        "[server]\nlisten = \"127.0.0.1:1\n",
        "\u{0}",
        "[[head_end]\n",
    ] {
        let said = refusal(text);
        assert!(said.contains(": write it as TOML does"), "{text}: {said}");
    }
}

#[test]
fn a_key_or_a_table_that_stands_twice_is_named() {
    let said = refusal("[cases]\nsettle = \"5m\"\nsettle = \"6m\"\n");
    assert_eq!(
        said,
        "calinmeter.toml:3:1: settle: this key stands twice in its table: remove one of them"
    );
    assert!(refusal("[cases]\n[server]\n[cases]\n").contains("stands twice"));
}

#[test]
fn one_table_and_several_are_told_apart() {
    assert!(refusal("[head_end]\nname = \"x\"\n").contains("begin each with [[head_end]]"));
    assert!(refusal("[[server]]\n").contains("write [server] on a line of its own, once"));
    assert!(refusal("server = 5\n").contains("write [server]"));
    assert!(refusal("head_end = [5]\n").contains("[[head_end]]"));
}

#[test]
fn the_place_is_counted_in_lines_and_characters_whatever_the_line_ends() {
    let said = refusal("# \u{e9}\u{e9}\r\n[site_defaults]\r\nzone = \"\u{e9}\"\r\n");
    assert!(
        said.starts_with("calinmeter.toml:3:8: site_defaults.zone: "),
        "{said}"
    );
    let marked = refusal("\u{feff}[cases]\nx = 1\n");
    assert!(
        marked.starts_with("calinmeter.toml:2:1: cases.x: "),
        "{marked}"
    );
}

#[test]
fn the_files_own_name_is_said() {
    let error = error("x = 1\n").in_file("/etc/calinmeter/main.toml");
    assert!(
        error
            .to_string()
            .starts_with("/etc/calinmeter/main.toml:1:1: x: ")
    );
}

#[test]
fn what_is_not_a_configuration_ends_quickly() {
    assert!(refusal(&"# x\n".repeat(400_000)).contains("longer than 1 MiB"));
    let many = (0..500).map(|n| format!("x{n} = 1\n")).collect::<String>();
    assert_eq!(error(&many).problems().len(), 50);
    let deep = format!("x = {}1{}", "[".repeat(5_000), "]".repeat(5_000));
    refusal(&deep);
}
