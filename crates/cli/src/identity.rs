//! Who gives a command: an API key from a file or the environment, or a password that is typed.

use crate::run::clock;
use crate::setup::Setup;
use anyhow::{Context, bail};
use console::Term;
use desk::people::{Denied, People, Who};
use fleet::Moment;
use people::{Password, Verb};
use std::io::{BufRead, Read};
use std::path::{Path, PathBuf};
use store::Store;

/// The variable that names the file with the key.
const FILE_VARIABLE: &str = "CALINMETER_KEY_FILE";
/// The variable that holds the key itself.
const KEY_VARIABLE: &str = "CALINMETER_KEY";
/// More than this is no key's file.
const MOST_BYTES: u64 = 4_096;

/// Who is behind the key of this run.
pub(crate) async fn who(setup: &Setup, people: &People, now: Moment) -> anyhow::Result<Who> {
    let key = key(setup)?.ok_or(Denied::Nobody)?;
    Ok(people.behind(&key, now).await?)
}

/// Who is behind the key of this run, for what nobody may do unless it is known who it is.
pub(crate) async fn known(setup: &Setup, people: &People) -> anyhow::Result<Who> {
    if !people.is_anybody().await? {
        bail!("there are no users yet: make the first with calinmeter user add NAME --role admin");
    }
    who(setup, people, clock().now()).await
}

/// The key of this run, where there is one.
pub(crate) fn key(setup: &Setup) -> anyhow::Result<Option<String>> {
    let from_environment = || std::env::var_os(FILE_VARIABLE).map(PathBuf::from);
    if let Some(file) = setup.key_file.clone().or_else(from_environment) {
        return read(&file).map(Some);
    }
    match std::env::var(KEY_VARIABLE) {
        Ok(key) if !key.trim().is_empty() => Ok(Some(key)),
        _ => Ok(None),
    }
}

fn read(file: &Path) -> anyhow::Result<String> {
    let cannot = || format!("{} cannot be read", file.display());
    let mut text = String::new();
    let opened = std::fs::File::open(file).with_context(cannot)?;
    opened
        .take(MOST_BYTES)
        .read_to_string(&mut text)
        .with_context(cannot)?;
    Ok(text)
}

/// Who does something that changes what is kept: by name and by which door. While there are no
/// users it is whoever sits here, under the name that was given.
pub(crate) async fn acting(
    setup: &Setup,
    store: &Store,
    verb: Verb,
    named: Option<&str>,
) -> anyhow::Result<(String, String)> {
    let people = People::new(store.clone());
    if people.is_anybody().await? {
        let who = who(setup, &people, clock().now()).await?;
        who.may(verb)?;
        return Ok((who.person.name.to_string(), who.via));
    }
    match named {
        Some(name) => Ok((name.to_owned(), "command line".to_owned())),
        None => bail!("there are no users yet: say who does it with --by"),
    }
}

/// Whether whoever sits here may do this: while there are no users everybody may.
pub(crate) async fn allow(setup: &Setup, store: &Store, verb: Verb) -> anyhow::Result<()> {
    acting(setup, store, verb, Some("")).await.map(drop)
}

/// A new password, typed twice at a terminal, or a line of standard input.
pub(crate) fn new_password(of: &str) -> anyhow::Result<Password> {
    let term = Term::stderr();
    let typed = ask(&term, &format!("New password of {of}: "))?;
    if is_typed(&term) && ask(&term, "Once more: ")? != typed {
        bail!("the two passwords differ: try again");
    }
    Ok(Password::new(typed)?)
}

/// A password that is known, typed at a terminal, or a line of standard input.
pub(crate) fn password(of: &str) -> anyhow::Result<String> {
    typed(&format!("Password of {of}: "))
}

/// Whether somebody sits at a terminal and types.
fn is_typed(term: &Term) -> bool {
    term.is_term() && std::io::IsTerminal::is_terminal(&std::io::stdin())
}

/// A secret that is typed, or a line of standard input.
pub(crate) fn typed(words: &str) -> anyhow::Result<String> {
    ask(&Term::stderr(), words)
}

fn ask(term: &Term, words: &str) -> anyhow::Result<String> {
    if is_typed(term) {
        let asked = term.write_str(words).and_then(|()| term.read_secure_line());
        return asked.context("the terminal gave nothing");
    }
    let mut line = String::new();
    let mut input = std::io::stdin().lock().take(MOST_BYTES);
    input
        .read_line(&mut line)
        .context("standard input gave nothing")?;
    Ok(line.trim_end_matches(['\r', '\n']).to_owned())
}
