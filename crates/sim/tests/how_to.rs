//! The how-to says what is so.

mod client;

use client::{START, still};
use sim::{Fault, PRIORITY, Scene};

const PAGE: &str = include_str!("../../../docs/how-to/use-the-simulator.md");

fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    let (_, rest) = text.split_once(from).expect(from);
    rest.split_once(to).expect(to).0
}

#[tokio::test]
async fn its_scene_can_be_played_and_does_what_it_says() {
    let mut scene: Scene = serde_json::from_str(between(PAGE, "```json", "```")).unwrap();
    scene.start_ms = Some(START);
    let running = still(scene).await;
    let status = || running.handle.meter("47001582544").unwrap().now.status;
    running.handle.advance(9_000);
    assert_eq!(status(), 1000);
    running.handle.advance(2_000);
    assert_eq!(status(), 1003);
    running.handle.advance(600_000);
    assert_eq!(status(), 1012);
}

#[test]
fn its_order_of_causes_is_the_one_that_holds() {
    let listed = between(PAGE, "the first of:", "In which order");
    let numbers: Vec<u16> = listed
        .split(|c: char| !c.is_ascii_digit())
        .filter_map(|word| word.parse().ok())
        .filter(|code| *code != 1025)
        .collect();
    let held: Vec<u16> = PRIORITY.iter().map(|cause| cause.status).collect();
    assert_eq!(numbers, held);
}

#[test]
fn its_faults_are_all_there_are() {
    let table = between(PAGE, "## Faults", "Each may be narrowed");
    let rows = table.lines().filter(|line| line.starts_with("| `"));
    let names: Vec<&str> = rows.map(|line| between(line, "| `", "`")).collect();
    assert_eq!(names.len(), 15);
    for name in names {
        let fault = serde_json::json!({"name": name});
        assert!(serde_json::from_value::<Fault>(fault).is_ok(), "{name}");
    }
}

#[test]
fn its_meter_is_one_of_the_demonstration() {
    let scene = Scene::demo_at(1, START);
    let number = between(PAGE, "/sim/meters/", "`");
    assert!(scene.meters.iter().any(|meter| meter.number == number));
    let gateway = between(PAGE, "/sim/gateways/", "`");
    assert!(scene.gateways.iter().any(|known| known.id == gateway));
}
