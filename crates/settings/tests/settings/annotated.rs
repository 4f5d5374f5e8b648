use crate::read;
use settings::Settings;

#[test]
fn the_annotated_file_reads_back_as_the_defaults() {
    assert_eq!(read(&Settings::annotated()), Settings::default());
    assert_eq!(read(""), Settings::default());
}

#[test]
fn every_key_that_is_known_stands_in_the_annotated_file_with_a_reason() {
    let text = Settings::annotated();
    let keys = Settings::keys();
    assert!(keys.len() > 60, "{}", keys.len());
    for key in keys {
        let name = key.rsplit('.').next().unwrap();
        let line = text.lines().find(|line| {
            let bare = line.trim_start_matches("# or ").trim_start_matches('#');
            bare.starts_with(&format!("{name} = "))
        });
        assert!(line.is_some(), "{key} is not in the annotated file");
    }
    // a setting has a line of why before it, unless it stands instead of another or is an item
    for (before, line) in text.lines().zip(text.lines().skip(1)) {
        let setting = line.contains(" = ") && !line.starts_with("# ");
        let item = line.ends_with("\"\"") || line.contains("operating status");
        if setting && !item {
            assert!(before.starts_with("# "), "no reason before {line}");
        }
    }
}

#[test]
fn the_examples_of_the_annotated_file_are_right_when_they_are_used() {
    let used: String = Settings::annotated()
        .lines()
        .map(|line| match line.strip_prefix('#') {
            Some(bare) if !bare.starts_with(' ') => format!("{bare}\n"),
            _ => format!("{line}\n"),
        })
        .collect();
    let settings = read(&used);
    assert_eq!(settings.head_ends.len(), 1);
    assert_eq!(
        settings.head_ends[0].operating_status(),
        Some("Meter operating status")
    );
    assert_eq!(settings.head_ends[0].pace, asking::Pace::default());
    assert_eq!(settings.sites.len(), 1);
    assert_eq!(settings.overrides.len(), 1);
    assert_eq!(settings.webhooks.len(), 1);
}

#[test]
fn the_annotated_file_fits_a_screen_and_holds_no_secret() {
    let text = Settings::annotated();
    for line in text.lines() {
        assert!(line.chars().count() <= 110, "{line}");
    }
    assert!(!text.contains("12345"));
}
