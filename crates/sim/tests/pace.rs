//! Measurements, not part of the ordinary run:
//! `cargo test -p sim --release --test pace -- --ignored --nocapture`.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod client;

use client::{Caller, START, still};
use serde_json::json;
use sim::{Dialect, Options, Scene};
use std::time::Instant;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

const CALLERS: u32 = 16;
const CALLS: u32 = 3_000;

/// Creates and looks in turn over one connection that stays open.
async fn work(address: String, jwt: String, meter: String) {
    let mut stream = TcpStream::connect(&address).await.unwrap();
    let mut buffer = vec![0; 65_536];
    let mut id = 0;
    for at in 0..CALLS {
        let (path, body) = if at % 3 == 0 {
            ("Create", json!([{"meterId": meter, "flag": "EFF7"}]))
        } else {
            ("Get", json!({"lang": "en", "id": id}))
        };
        let body = body.to_string();
        let request = format!(
            "POST /API/RemoteMeterTask/{path}ReadingTask HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nAuthorization: Bearer {jwt}\r\nContent-Length: {}\r\n\r\n{body}",
            body.len()
        );
        stream.write_all(request.as_bytes()).await.unwrap();
        let read = stream.read(&mut buffer).await.unwrap();
        let text = String::from_utf8_lossy(&buffer[..read]);
        assert!(text.starts_with("HTTP/1.1 200"), "{text}");
        if at % 3 == 0 {
            let (_, rest) = text.split_once("\"id\":").unwrap();
            id = rest.split(',').next().unwrap().parse().unwrap();
        }
    }
}

#[test]
#[ignore = "a measurement"]
fn requests_a_second_on_one_core() {
    let (tell, told) = std::sync::mpsc::channel();
    let served = std::thread::spawn(move || {
        let one = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        one.block_on(async {
            let scene = Scene::fleet(100_000, 200, 7).with_task_time(1_000);
            let running = sim::start(scene, &Options::default()).await.unwrap();
            let caller = Caller::new(&running, Dialect::Station).await;
            let address = caller.head.url.strip_prefix("http://").unwrap().to_owned();
            let (over, mut wait) = tokio::sync::watch::channel(false);
            tell.send((address, caller.jwt, running.handle.numbers(), over))
                .unwrap();
            let before = on_core();
            wait.wait_for(|over| *over).await.unwrap();
            on_core() - before
        })
    });
    let (address, jwt, numbers, over) = told.recv().unwrap();
    let two = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let began = Instant::now();
    two.block_on(async {
        let callers: Vec<_> = (0..CALLERS)
            .map(|at| {
                let meter = numbers[usize::try_from(at * 499).unwrap()].clone();
                tokio::spawn(work(address.clone(), jwt.clone(), meter))
            })
            .collect();
        for caller in callers {
            caller.await.unwrap();
        }
    });
    let wall = f64::from(CALLERS * CALLS) / began.elapsed().as_secs_f64();
    over.send(true).unwrap();
    // other work on the machine takes the core away now and then: what counts is the time on it
    let rate = f64::from(CALLERS * CALLS) / served.join().unwrap();
    println!("{rate:.0} requests a second of the core, {wall:.0} by the clock");
    assert!(cfg!(debug_assertions) || rate > 3_000.0, "{rate}");
}

/// Seconds this thread has been on a core.
fn on_core() -> f64 {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap();
    stat.split(' ').next().unwrap().parse::<f64>().unwrap() / 1e9
}

/// Resident memory of this process, bytes.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|l| l.starts_with("VmRSS")).unwrap();
    let kib: u64 = line.split_whitespace().nth(1).unwrap().parse().unwrap();
    kib * 1024
}

#[tokio::test]
#[ignore = "a measurement"]
async fn bytes_for_each_of_a_million_meters() {
    let before = resident();
    let began = Instant::now();
    let scene = Scene {
        start_ms: Some(START),
        ..Scene::fleet(1_000_000, 5_000, 7)
    };
    let running = still(scene).await;
    let each = (resident() - before) / 1_000_000;
    println!("{each} bytes a meter, built in {:?}", began.elapsed());
    assert!(each < 300, "{each}");
    drop(running);
}
