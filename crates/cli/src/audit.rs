//! `calinmeter audit`: what people did, and the proof that nobody changed it.

use crate::Ended;
use crate::args::people::{Audit, AuditKey, AuditList, AuditVerify};
use crate::end::{End, print};
use crate::grid::aligned;
use crate::identity;
use crate::run::{iso, open_store, to_the_end};
use crate::setup::Setup;
use anyhow::{Context, bail};
use desk::people::{People, Proof};
use ledger::{Anchor, PublicKey, SigningKey};
use people::Verb;
use serde_json::{Value, json};
use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;
use store::{AuditFilter, Audited};

/// `calinmeter audit ...`.
pub(crate) fn run(args: &Audit, setup: &Setup) -> Ended {
    match args {
        Audit::List(args) => to_the_end(list(args, setup)),
        Audit::Verify(args) => to_the_end(verify(args, setup)),
        Audit::Key(args) => key(args),
    }
}

async fn list(args: &AuditList, setup: &Setup) -> Ended {
    let store = open_store(setup).await?;
    identity::allow(setup, &store, Verb::ReadAudit).await?;
    let filter = AuditFilter {
        site: args.site.clone(),
        who: args.who.clone(),
        what: args.what.clone(),
        subject: args.subject.clone(),
    };
    let lines = store.audit_log(&filter, None, args.limit).await?;
    if args.json {
        let all: Vec<Value> = lines.iter().map(object).collect();
        print(&(serde_json::to_string_pretty(&all)? + "\n"))?;
        return Ok(End::Done);
    }
    let cells = |line: &Audited| {
        let Audited {
            site,
            who,
            via,
            what,
            subject,
            detail,
            ..
        } = line.clone();
        vec![iso(line.at), site, who, via, what, subject, detail]
    };
    let lines: Vec<Vec<String>> = lines.iter().map(cells).collect();
    let head = ["WHEN", "SITE", "WHO", "BY", "WHAT", "TO WHAT", "MORE"];
    print(&aligned(&head, &lines))?;
    Ok(End::Done)
}

fn object(line: &Audited) -> Value {
    let detail = serde_json::from_str(&line.detail);
    json!({
        "site": line.site,
        "n": line.n,
        "at": iso(line.at),
        "who": line.who,
        "via": line.via,
        "what": line.what,
        "subject": line.subject,
        "detail": detail.unwrap_or_else(|_| Value::from(line.detail.clone())),
        "hash": line.hash,
    })
}

/// Reads without a key: whoever doubts the audit need not be one of those it is about.
async fn verify(args: &AuditVerify, setup: &Setup) -> Ended {
    let file = args.anchors.clone().or_else(|| setup.anchor_file());
    let outside = match &file {
        Some(file) => anchors(file)?,
        None => Vec::new(),
    };
    let trusted = trusted(args, setup)?;
    let people = People::new(open_store(setup).await?);
    let proof = people.verify(&outside, &trusted).await?;
    let text = if args.json {
        serde_json::to_string_pretty(&document(&proof))? + "\n"
    } else {
        said(&proof)
    };
    print(&text)?;
    Ok(if proof.holds() {
        End::Done
    } else {
        End::Partly
    })
}

/// The keys that may have signed the anchors: those named, else the configuration's.
fn trusted(args: &AuditVerify, setup: &Setup) -> anyhow::Result<Vec<PublicKey>> {
    if args.public_keys.is_empty() {
        let key = setup.signing_key()?;
        return Ok(key.iter().map(SigningKey::public).collect());
    }
    let read = |text: &String| {
        let key = PublicKey::parse(text);
        key.with_context(|| format!("\"{text}\" is no public key: audit key printed it"))
    };
    args.public_keys.iter().map(read).collect()
}

/// The anchors of a file. Half a line that a power cut left is passed over where the whole line
/// follows it.
fn anchors(file: &Path) -> anyhow::Result<Vec<Anchor>> {
    let text = std::fs::read_to_string(file)
        .with_context(|| format!("{} cannot be read", file.display()))?;
    let lines: Vec<&str> = text.lines().collect();
    let mut anchors = Vec::new();
    for (place, line) in lines.iter().enumerate() {
        match line.parse() {
            Ok(anchor) => anchors.push(anchor),
            Err(_)
                if lines
                    .get(place + 1)
                    .is_none_or(|next| next.starts_with(line)) => {}
            Err(error) => {
                let place = place + 1;
                return Err(error).with_context(|| format!("{}, line {place}", file.display()));
            }
        }
    }
    if anchors.is_empty() {
        bail!("{} holds no anchor: it proves nothing", file.display());
    }
    Ok(anchors)
}

fn said(proof: &Proof) -> String {
    let mut out = format!(
        "{} lines in {} chains, {} anchors.\n",
        proof.lines, proof.chains, proof.anchors
    );
    out += &match proof.outside_until {
        Some(until) => format!("Compared with the anchors outside, until {}.\n", iso(until)),
        None => "No anchors outside were compared with: name them with --anchors.\n".to_owned(),
    };
    for finding in &proof.findings {
        out += &format!("FOUND: {finding}\n");
    }
    if proof.unreadable > 0 {
        out += &format!("FOUND: {} anchors cannot be read\n", proof.unreadable);
    }
    if proof.holds() {
        out += "Nothing was changed, taken out or put in.\n";
    }
    out
}

fn document(proof: &Proof) -> Value {
    let findings: Vec<String> = proof.findings.iter().map(ToString::to_string).collect();
    json!({
        "holds": proof.holds(),
        "lines": proof.lines,
        "chains": proof.chains,
        "anchors": proof.anchors,
        "unreadable_anchors": proof.unreadable,
        "outside_until": proof.outside_until.map(iso),
        "findings": findings,
    })
}

fn key(args: &AuditKey) -> Ended {
    let key = SigningKey::of(rand::random()).context("no key could be made: try again")?;
    let cannot = || {
        let file = args.file.display();
        format!("{file} cannot be written: a file that is there is left alone")
    };
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(&args.file).with_context(cannot)?;
    writeln!(file, "{}", key.reveal()).with_context(cannot)?;
    file.sync_all().with_context(cannot)?;
    print(&format!("{}\n", key.public()))?;
    Ok(End::Done)
}
