//! How many mixed frames are read in a second on one core, beside the least that could be done.
//!
//! ```text
//! cargo run --release -p frames --example mixed_frames -- FRAMES.hex [ROUNDS]
//! ```
//!
//! FRAMES.hex has one frame a line, as hexadecimal digits. They are shuffled into one block of memory
//! and gone through again and again. In each round every contender has its turn: `checksum` adds up
//! the bytes of each frame and does nothing else, `read` checks and reads each frame whole and hands
//! the typed values on, `command` makes the frame of a command. Prints one line of JSON with the
//! seconds of each round. benches/frames.py is the half that people read.
#![expect(clippy::print_stdout, reason = "a program for a terminal")]

use frames::{Address, Command, Date, Di, Password, TimeOfDay, Uplink};
use std::error::Error;
use std::hint::black_box;
use std::time::Instant;

/// Frames that are gone through once in a round.
const FRAMES: usize = 4_000_000;
/// Different places in memory, so that no place's outcome can be learned by heart.
const SHUFFLED: usize = 65_536;

type Done<T> = Result<T, Box<dyn Error>>;

/// One contender: its name, and what it does with all frames; it hands back what it made of them.
type Contender<'a> = (&'static str, Box<dyn Fn() -> u64 + 'a>);

fn main() -> Done<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let path = words.first().ok_or("say: FRAMES.hex [ROUNDS]")?;
    let rounds = words.get(1).map_or(Ok(9), |word| word.parse::<u32>())?;
    let (block, ends) = shuffled(&read(path)?);
    let frames = || {
        let starts = std::iter::once(0).chain(ends.iter().copied());
        starts.zip(&ends).map(|(start, end)| &block[start..*end])
    };
    let many = |one: &dyn Fn() -> u64| {
        (0..FRAMES / SHUFFLED)
            .map(|_| one())
            .fold(0, u64::wrapping_add)
    };
    let commands = commands()?;
    let contenders: [Contender<'_>; 3] = [
        (
            "checksum",
            Box::new(|| many(&|| frames().map(|frame| u64::from(checksum(frame))).sum())),
        ),
        (
            "read",
            Box::new(|| {
                many(&|| {
                    frames()
                        .map(|frame| u64::from(black_box(Uplink::decode(frame, None)).is_ok()))
                        .sum()
                })
            }),
        ),
        ("command", Box::new(|| many(&|| encode(&commands)))),
    ];
    let mut rows = Vec::new();
    let mut seconds = [const { Vec::new() }; 3];
    for _ in 0..rounds {
        for ((_, work), seconds) in contenders.iter().zip(&mut seconds) {
            let start = Instant::now();
            black_box(work());
            seconds.push(start.elapsed().as_secs_f64());
        }
    }
    for ((name, _), seconds) in contenders.iter().zip(&seconds) {
        rows.push(format!("\"{name}\": {seconds:?}"));
    }
    let sound = frames()
        .filter(|frame| Uplink::decode(frame, None).is_ok())
        .count();
    println!(
        "{{\"frames\": {}, \"bytes\": {}, \"sound\": {}, \"of\": {}, \"seconds\": {{{}}}}}",
        FRAMES / SHUFFLED * SHUFFLED,
        block.len(),
        sound,
        ends.len(),
        rows.join(", ")
    );
    Ok(())
}

fn read(path: &str) -> Done<Vec<Vec<u8>>> {
    let text = std::fs::read_to_string(path)?;
    let bytes = |line: &str| -> Done<Vec<u8>> {
        let pairs = line.as_bytes().chunks(2);
        pairs
            .map(|pair| Ok(u8::from_str_radix(std::str::from_utf8(pair)?, 16)?))
            .collect()
    };
    text.lines()
        .filter(|line| !line.is_empty())
        .map(bytes)
        .collect()
}

/// The frames one behind the other in an order without a pattern, and where each ends.
fn shuffled(frames: &[Vec<u8>]) -> (Vec<u8>, Vec<usize>) {
    let mut chance = 0x2545_F491_4F6C_DD1D_u64;
    let (mut block, mut ends) = (Vec::new(), Vec::new());
    for _ in 0..SHUFFLED {
        chance ^= chance << 13;
        chance ^= chance >> 7;
        chance ^= chance << 17;
        let place = usize::try_from(chance >> 33).unwrap_or_default() % frames.len();
        block.extend(&frames[place]);
        ends.push(block.len());
    }
    (block, ends)
}

/// What any reader must do: this sum is what the frame's last byte but one is compared with.
fn checksum(frame: &[u8]) -> u8 {
    frame.iter().fold(0, |sum, byte| sum.wrapping_add(*byte))
}

fn commands() -> Done<Vec<(Address, Command)>> {
    let password = Password::default();
    let kinds = [
        Command::Read(Di(0xE421)),
        Command::Read(Di(0xB611)),
        Command::OpenRelay(password),
        Command::SetDate(Date::new(2026, 3, 15)?, password),
        Command::SetTime(TimeOfDay::new(14, 5, 9)?, password),
    ];
    let meters = (0..SHUFFLED).map(|meter| Address::parse(&format!("4700{meter:07}")));
    meters
        .zip(kinds.iter().cycle())
        .map(|(meter, kind)| Ok((meter?, kind.clone())))
        .collect()
}

fn encode(commands: &[(Address, Command)]) -> u64 {
    let mut out = Vec::with_capacity(64);
    commands
        .iter()
        .map(|(meter, command)| {
            out.clear();
            u64::from(command.encode(*meter, &mut out).is_ok())
                + u64::from(black_box(&out).len() > 1)
        })
        .sum()
}
