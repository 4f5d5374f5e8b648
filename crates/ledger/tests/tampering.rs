//! Whatever is done to the rows or the anchors behind our back is found.
#![expect(clippy::unwrap_used, reason = "tests end where they fail")]

use fleet::Moment;
use ledger::{Anchor, Digest, Entry, Finding, Head, Row, SigningKey, bind, link, verify};
use proptest::prelude::*;

/// A row that owns its texts: who, via, what, subject, detail.
#[derive(Clone, Debug, PartialEq)]
struct Kept {
    site: String,
    n: i64,
    at: i64,
    texts: [String; 5],
    hash: Digest,
}

impl Kept {
    fn entry(&self) -> Entry<'_> {
        let [who, via, what, subject, detail] = &self.texts;
        Entry {
            site: &self.site,
            n: self.n,
            at: Moment(self.at),
            who,
            via,
            what,
            subject,
            detail,
        }
    }
}

/// Everything that is kept: the rows of all chains, the anchors, the anchors outside.
#[derive(Clone, Debug)]
struct Books {
    rows: Vec<Kept>,
    anchors: Vec<Anchor>,
    outside: Vec<Anchor>,
}

fn key() -> SigningKey {
    SigningKey::of([7; 32]).unwrap()
}

/// Links the rows of each chain anew, as somebody would who knows how it is done.
fn relink(rows: &mut [Kept]) {
    let mut before: Option<(String, Digest)> = None;
    for row in rows {
        let previous = match &before {
            Some((site, hash)) if *site == row.site => *hash,
            _ => Digest::START,
        };
        row.hash = link(previous, &row.entry());
        before = Some((row.site.clone(), row.hash));
    }
}

/// The head of each chain where each has at most so many rows.
fn heads(rows: &[Kept], most: i64) -> Vec<Head> {
    let mut heads: Vec<Head> = Vec::new();
    for row in rows.iter().filter(|row| row.n <= most) {
        heads.retain(|head| head.site != row.site);
        heads.push(Head {
            site: row.site.clone(),
            n: row.n,
            hash: row.hash,
        });
    }
    heads
}

/// Chains of these lengths, anchored after every second row of each.
fn books(lengths: &[usize], texts: &[String]) -> Books {
    let mut rows = Vec::new();
    for (chain, length) in lengths.iter().enumerate() {
        for place in 0..*length {
            let text = |more: usize| texts[(chain + place * 5 + more) % texts.len()].clone();
            rows.push(Kept {
                site: ["", "S1", "S2"][chain].to_owned(),
                n: i64::try_from(place).unwrap() + 1,
                at: 1_000 + i64::try_from(place).unwrap(),
                texts: std::array::from_fn(text),
                hash: Digest::START,
            });
        }
    }
    relink(&mut rows);
    let mut anchors: Vec<Anchor> = Vec::new();
    let longest = lengths.iter().max().copied().unwrap();
    for most in (2..longest + 2).step_by(2) {
        let most = i64::try_from(most).unwrap();
        let known = |head: &Head| {
            let mut all = anchors.iter().flat_map(|anchor| &anchor.heads);
            all.any(|known| known == head)
        };
        let grown = heads(&rows, most).into_iter().filter(|head| !known(head));
        let grown = grown.collect();
        anchors.push(bind(anchors.last(), Moment(most), grown, &key()));
    }
    let outside = anchors.clone();
    Books {
        rows,
        anchors,
        outside,
    }
}

fn check(books: &Books) -> Vec<Finding> {
    let rows = books.rows.iter().map(|kept| Row {
        entry: kept.entry(),
        hash: Some(kept.hash),
    });
    verify(rows, &books.anchors, &books.outside, &[key().public()])
}

fn some_books() -> impl Strategy<Value = Books> {
    let lengths = prop::collection::vec(1_usize..9, 1..=3);
    let texts = prop::collection::vec("[a-c\u{e9}\u{0}]{0,3}", 1..9);
    (lengths, texts).prop_map(|(lengths, texts)| books(&lengths, &texts))
}

proptest! {
    // every case signs and checks many anchors
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_nobody_touched_is_as_it_was_written(books in some_books()) {
        prop_assert_eq!(check(&books), []);
    }

    #[test]
    fn a_change_of_any_field_of_any_row_is_found(
        mut books in some_books(), row: prop::sample::Index, field in 0_usize..8, by in 1_i64..9,
    ) {
        let row = row.index(books.rows.len());
        let kept = &mut books.rows[row];
        match field {
            0 => kept.n += by,
            1 => kept.at += by,
            2 => kept.site.push('x'),
            field => kept.texts[field - 3].push('x'),
        }
        prop_assert_ne!(check(&books), []);
    }

    #[test]
    fn letters_moved_from_one_field_to_the_next_are_found(
        mut books in some_books(), row: prop::sample::Index, field in 0_usize..4,
    ) {
        let row = row.index(books.rows.len());
        let texts = &mut books.rows[row].texts;
        let moved = texts[field].pop();
        prop_assume!(moved.is_some());
        texts[field + 1].insert(0, moved.unwrap());
        prop_assert_ne!(check(&books), []);
    }

    #[test]
    fn a_changed_hash_is_found(
        mut books in some_books(), row: prop::sample::Index, byte in 0_usize..32,
    ) {
        let row = row.index(books.rows.len());
        books.rows[row].hash.0[byte] ^= 1;
        prop_assert_ne!(check(&books), []);
    }

    #[test]
    fn a_row_that_was_taken_out_is_found(mut books in some_books(), row: prop::sample::Index) {
        let row = row.index(books.rows.len());
        let gone = books.rows.remove(row);
        // every row is below an anchor here, so the last one is found too
        prop_assert_ne!(check(&books), []);
        // and also where the rest was numbered and linked anew
        for kept in &mut books.rows {
            if kept.site == gone.site && kept.n > gone.n {
                kept.n -= 1;
            }
        }
        relink(&mut books.rows);
        prop_assert_ne!(check(&books), []);
    }

    #[test]
    fn a_row_that_was_put_in_is_found(mut books in some_books(), row: prop::sample::Index) {
        let row = row.index(books.rows.len());
        let mut more = books.rows[row].clone();
        more.texts[0].push('x');
        books.rows.insert(row, more.clone());
        prop_assert_ne!(check(&books), []);
        for kept in books.rows.iter_mut().skip(row + 1) {
            if kept.site == more.site {
                kept.n += 1;
            }
        }
        relink(&mut books.rows);
        prop_assert_ne!(check(&books), []);
    }

    #[test]
    fn a_chain_written_anew_is_found_by_the_anchor_also_where_the_store_has_new_ones(
        mut books in some_books(), row: prop::sample::Index,
    ) {
        let row = row.index(books.rows.len());
        books.rows[row].texts[2].push('x');
        relink(&mut books.rows);
        let site = books.rows[row].site.clone();
        let found = check(&books);
        let tells = |finding: &Finding| {
            matches!(finding, Finding::Rewritten { site: of, .. } if *of == site)
        };
        prop_assert!(found.iter().any(tells), "{:?}", found);
        // the one who did it also has the key, and made the store's anchors anew
        books.anchors = vec![bind(None, Moment(1), heads(&books.rows, i64::MAX), &key())];
        let found = check(&books);
        prop_assert!(found.contains(&Finding::AnchorDiffers { n: 1 }), "{:?}", found);
        prop_assert!(found.iter().any(tells), "{:?}", found);
    }

    #[test]
    fn a_cut_end_and_a_missing_chain_are_found(mut books in some_books(), keep in 0_i64..8) {
        let first = books.rows[0].site.clone();
        let had = heads(&books.rows, i64::MAX)[0].n;
        prop_assume!(keep < had);
        books.rows.retain(|row| row.site != first || row.n <= keep);
        let found = check(&books);
        let told = found.iter().any(|finding| match finding {
            Finding::TailCut { site, ends, saw, .. } => {
                keep > 0 && *site == first && (*ends, *saw) == (keep, had)
            }
            Finding::ChainMissing { site, saw, .. } => {
                keep == 0 && *site == first && *saw == had
            }
            _ => false,
        });
        prop_assert!(told, "{found:?}");
    }

    #[test]
    fn a_touched_anchor_is_found_inside_and_outside(
        books in some_books(), anchor: prop::sample::Index, way in 0_usize..7, outside: bool,
    ) {
        let mut books = books;
        let file = if outside { &mut books.outside } else { &mut books.anchors };
        let place = anchor.index(file.len());
        let anchor = &mut file[place];
        match way {
            0 => anchor.n += 100,
            1 => anchor.at.0 += 1,
            2 => anchor.heads.push(Head { site: "S9".into(), n: 1, hash: Digest::START }),
            3 => anchor.previous.0[0] ^= 1,
            4 => anchor.signature[0] ^= 1,
            5 => anchor.key = SigningKey::of([8; 32]).unwrap().public(),
            _ if outside => return Ok(()), // a copy outside may begin late and end early
            _ => drop(file.remove(place)),
        }
        prop_assert_ne!(check(&books), []);
    }
}

/// Two rows of one chain, one anchor.
fn small() -> Books {
    books(&[2], &["a".to_owned(), "b".to_owned()])
}

#[test]
fn one_change_is_one_finding() {
    let mut books = small();
    books.rows[0].texts[0].push('x');
    let site = String::new();
    assert_eq!(check(&books), [Finding::RowChanged { site, n: 1 }]);
}

#[test]
fn an_anchor_by_another_key_is_foreign() {
    let mut books = small();
    let other = SigningKey::of([8; 32]).unwrap();
    let forged = bind(None, Moment(1), heads(&books.rows, 9), &other);
    books.anchors = vec![forged.clone()];
    books.outside = vec![forged];
    assert_eq!(check(&books), [Finding::AnchorForeign { n: 1 }]);
}

#[test]
fn an_anchor_that_is_loose_or_unsigned_is_found_also_where_every_copy_is_so() {
    let both = |change: fn(&mut Anchor)| {
        let mut books = books(&[4], &["a".to_owned()]);
        change(&mut books.anchors[1]);
        books.outside = books.anchors.clone();
        check(&books)
    };
    let unsigned = both(|anchor| anchor.signature[0] ^= 1);
    assert_eq!(unsigned, [Finding::AnchorUnsigned { n: 2 }]);
    // whoever has the key can sign it again, and still cannot bind it
    let loose = both(|anchor| {
        let mut before = bind(None, Moment(9), Vec::new(), &key());
        before.n = anchor.n - 1;
        *anchor = bind(Some(&before), anchor.at, anchor.heads.clone(), &key());
    });
    assert_eq!(loose, [Finding::AnchorLoose { n: 2 }]);
    let loose_at_the_start = {
        let mut books = small();
        let mut before = books.anchors[0].clone();
        before.n = 0;
        let heads = books.anchors[0].heads.clone();
        books.anchors = vec![bind(Some(&before), Moment(1), heads, &key())];
        books.outside.clear();
        check(&books)
    };
    assert_eq!(loose_at_the_start, [Finding::AnchorLoose { n: 1 }]);
}

#[test]
fn what_came_after_the_last_anchor_is_no_finding() {
    let mut books = small();
    let mut more = books.rows[1].clone();
    more.n = 3;
    books.rows.push(more);
    relink(&mut books.rows);
    assert_eq!(check(&books), []);
    // anchors that are not yet outside are none either
    books.outside.clear();
    assert_eq!(check(&books), []);
}
