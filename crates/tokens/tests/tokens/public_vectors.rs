//! Every public token is read as its publisher labels it.

use crate::vectors;
use tokens::{Class, Content, Kind, Maker, MakerFit, PlainToken, Token, block_crc, check};

fn plain(digits: &str) -> PlainToken {
    match check(&Token::parse(digits).expect("a public token"), None).content {
        Content::Plain(plain) => plain,
        other => panic!("{} is {other:?}", tokens::mask(digits)),
    }
}

#[test]
fn published_class_one_tokens_are_decoded() {
    for (digits, subclass, control, maker) in vectors::PLAIN {
        let plain = plain(digits);
        let seen = (
            plain.subclass(),
            plain.control(),
            plain.maker().map(Maker::code),
        );
        assert_eq!(seen, (subclass, Some(control), Some(maker)));
    }
}

#[test]
fn each_single_test_selects_its_bit() {
    for (digits, bit) in vectors::SINGLE_TESTS {
        let plain = plain(digits);
        assert_eq!((plain.subclass(), plain.kind()), (0, Kind::Test));
        assert_eq!(plain.control(), Some(1 << bit));
        assert_eq!(
            plain.tests().map(|test| test.bit).collect::<Vec<_>>(),
            [bit]
        );
        assert_eq!(plain.opens_relay(), bit <= 1, "bit {bit}");
    }
}

#[test]
fn the_token_of_all_tests_selects_all_and_opens_the_relay() {
    let all = plain(vectors::PLAIN[0].0);
    assert!(all.tests().map(|test| test.bit).eq(0..=10));
    assert!(all.opens_relay());
}

#[test]
fn subclass_one_names_no_tests() {
    assert_eq!(plain(vectors::PLAIN[1].0).tests().count(), 0);
}

#[test]
fn the_other_brands_commissioning_token_is_another_makers() {
    let plain = plain(vectors::PLAIN[2].0);
    let maker = plain.maker().unwrap();
    assert_eq!(plain.kind(), Kind::MakerSpecific);
    assert_eq!(
        (maker.to_string().as_str(), maker.fit()),
        ("04", MakerFit::Other)
    );
}

#[test]
fn a_maker_code_has_two_digits_or_four() {
    let of = |row: usize| plain(vectors::PLAIN[row].0).maker().unwrap();
    assert_eq!(
        (of(0).to_string(), of(1).to_string()),
        ("00".into(), "0000".into())
    );
    assert_eq!(of(0).fit(), MakerFit::Any);
}

#[test]
fn encrypted_tokens_show_their_class_and_nothing_else() {
    let credit = vectors::CREDIT
        .map(|digits| (digits, Class::Credit))
        .into_iter();
    let management = vectors::MANAGEMENT.map(|digits| (digits, Class::Management));
    for (digits, class) in credit.chain(management) {
        let check = check(&Token::parse(digits).unwrap(), None);
        assert_eq!((check.class, check.content), (class, Content::Encrypted));
        assert_eq!(check.content.crc_fits(), None);
    }
}

#[test]
fn the_plain_block_of_the_sts_association_has_its_checksum() {
    // class 0, subclass 0, RND 0101, TID 0xC02A55, amount 0x2710: 2 + 4 + 4 + 24 + 16 bits.
    assert_eq!(
        block_crc([0x00, 0x05, 0xC0, 0x2A, 0x55, 0x27, 0x10]),
        0x1970
    );
}

#[test]
fn zeros_at_the_beginning_are_kept() {
    let digits = "00000000000150997584";
    assert_eq!(Token::parse(digits).unwrap().reveal(), digits);
}
