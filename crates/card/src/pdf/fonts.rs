//! The fonts of the card, compiled in. `fonts/README.md` says where they come from.

use std::sync::LazyLock;
use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

const FILES: [&[u8]; 6] = [
    include_bytes!("../../fonts/NotoSans-Condensed.ttf"),
    include_bytes!("../../fonts/NotoSans-CondensedBold.ttf"),
    include_bytes!("../../fonts/NotoSans-CondensedItalic.ttf"),
    include_bytes!("../../fonts/NotoSansSymbols-Regular.ttf"),
    include_bytes!("../../fonts/NotoSansSymbols-Bold.ttf"),
    include_bytes!("../../fonts/NotoEmoji-Regular.ttf"),
];

/// Which of [`FILES`] is the text font, in regular and bold: headers are set in both.
const TEXT: [usize; 2] = [0, 1];

static FONTS: LazyLock<Vec<Font>> = LazyLock::new(|| {
    FILES
        .into_iter()
        .filter_map(|file| Font::new(Bytes::new(file), 0))
        .collect()
});

static BOOK: LazyLock<LazyHash<FontBook>> =
    LazyLock::new(|| LazyHash::new(FontBook::from_fonts(FONTS.iter())));

/// What the typesetter may choose from.
pub(super) fn book() -> &'static LazyHash<FontBook> {
    &BOOK
}

/// The font with this number in the book.
pub(super) fn font(index: usize) -> Option<Font> {
    FONTS.get(index).cloned()
}

/// Whether a header text can show this letter.
pub(super) fn have(letter: char) -> bool {
    TEXT.iter()
        .filter_map(|index| FONTS.get(*index))
        .all(|font| font.info().coverage.contains(u32::from(letter)))
}
