//! Serves the pages over a small made-up installation, to look at them.
//!
//! `cargo run -p web --example pages [empty|down]` prints its address; Ctrl-C ends it.
#![expect(clippy::unwrap_used, reason = "a program for looking at pages")]
#![expect(clippy::print_stdout, reason = "it prints its address")]

#[path = "../tests/suite/house.rs"]
mod house;

use std::sync::Arc;
use store::{OpenOptions, Store};

#[tokio::main]
async fn main() {
    let scene = std::env::args().nth(1).unwrap_or_default();
    let folder = tempfile::tempdir().unwrap();
    let url = format!("sqlite:{}", folder.path().join("pages.db").display());
    let store = Store::open(&url, OpenOptions::default()).await.unwrap();
    let clock = desk::Clock::running(if scene == "down" { 20 } else { 1 });
    if scene != "empty" {
        house::fill(&store, clock.now()).await;
    }
    let head_end = match scene.as_str() {
        "down" => house::down(clock.now()),
        _ => house::well(clock.now()),
    };
    let state = web::State {
        store,
        clock,
        health: Arc::new(house::Health {
            head_ends: vec![head_end],
            trouble: None,
        }),
        title: "CalinMeter".to_owned(),
        hosts: web::LOOPBACK_HOSTS.map(str::to_owned).into(),
        metrics: None,
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    println!("http://{}", listener.local_addr().unwrap());
    let ended = async {
        tokio::signal::ctrl_c().await.unwrap();
    };
    web::serve(listener, web::router(state), ended)
        .await
        .unwrap();
}
