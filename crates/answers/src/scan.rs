//! Finds the rows of a saved answer while its bytes stream by: constant memory, whatever its size.
//!
//! A row is an object that holds no further rows. Rows stand in the arrays that the dialects use
//! (`result`, `Result`, `data`, ...), alone under `result` (v1's poll answer), or at the top, one
//! after another. What is damaged comes out as a piece of its own; nothing is dropped.

/// The largest row kept, in bytes; a longer one comes out as too long.
pub const MAX_ROW: usize = 1 << 20;
/// How much of a damaged or too long row is kept.
const KEPT: usize = 200;
/// Keys under which rows stand in the three dialects.
const ROW_KEYS: &[&[u8]] = &[
    b"result",
    b"Result",
    b"data",
    b"Data",
    b"rows",
    b"items",
    b"readings",
    b"Readings",
];
/// The longest key that matters.
const MAX_KEY: usize = 16;
/// How deep rows may stand; deeper nesting is a row's own business.
const MAX_FRAMES: usize = 8;

/// One piece of an answer, in order.
#[derive(Debug, PartialEq, Eq)]
pub enum Piece<'a> {
    /// The bytes of one row, at most [`MAX_ROW`].
    Row(&'a [u8]),
    /// A row longer than [`MAX_ROW`]; its first bytes.
    TooLong(&'a [u8]),
    /// Not JSON, or cut off; its first bytes.
    Broken(&'a [u8]),
}

/// Cuts a stream of bytes into rows. It checks brackets and strings only; what is inside a row is
/// the row reader's business.
#[derive(Debug, Default)]
pub struct RowScanner {
    frames: Vec<Frame>,
    /// Open brackets inside a row's own content.
    content: u32,
    string: bool,
    escape: bool,
    key: Option<Vec<u8>>,
    stray: Vec<u8>,
}

/// An object or array in which rows may stand.
#[derive(Debug)]
struct Frame {
    place: Place,
    own: Vec<u8>,
    too_long: bool,
    rows: u64,
    /// It held an array or object in which rows could stand.
    envelope: bool,
}

/// Where in its frame the scanner stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// In an array.
    Element,
    /// In an object, before a key.
    Key,
    /// In an object, at the value of a key under which rows stand.
    RowValue,
    /// In an object, at any other value.
    OtherValue,
}

impl Frame {
    fn new(place: Place) -> Self {
        Self {
            place,
            own: Vec::new(),
            too_long: false,
            rows: 0,
            envelope: false,
        }
    }

    fn object(&self) -> bool {
        self.place != Place::Element
    }

    fn keep(&mut self, byte: u8) {
        if self.own.len() < MAX_ROW {
            self.own.push(byte);
        } else {
            self.too_long = true;
        }
    }

    fn keep_all(&mut self, bytes: &[u8]) {
        let room = MAX_ROW - self.own.len().min(MAX_ROW);
        self.own
            .extend_from_slice(bytes.get(..room).unwrap_or(bytes));
        self.too_long |= bytes.len() > room;
    }

    fn hand_out(&self, sink: &mut impl FnMut(Piece<'_>)) {
        if self.too_long {
            sink(Piece::TooLong(first(&self.own)));
        } else {
            sink(Piece::Row(&self.own));
        }
    }
}

impl RowScanner {
    /// A scanner before the first byte.
    pub fn new() -> Self {
        Self::default()
    }

    /// Takes the next bytes and hands out every piece that ends in them.
    pub fn push(&mut self, bytes: &[u8], sink: &mut impl FnMut(Piece<'_>)) {
        let mut rest = bytes;
        while let Some((&byte, after)) = rest.split_first() {
            let plain = self.plain(rest);
            if plain > 0 {
                let (run, after) = rest.split_at(plain);
                self.run(run);
                rest = after;
                continue;
            }
            if self.string {
                self.in_string(byte);
            } else {
                self.structure(byte, sink);
            }
            rest = after;
        }
    }

    /// How many bytes from here on change nothing: inside a string, up to its end or an escape;
    /// else up to the next mark.
    fn plain(&self, rest: &[u8]) -> usize {
        let end = match (self.string, self.escape, self.content) {
            (true, true, _) => return 0,
            (true, false, _) => rest.iter().position(|b| matches!(b, b'"' | b'\\')),
            (false, _, 0) => rest
                .iter()
                .position(|b| is_mark(*b) || matches!(b, b',' | b':')),
            (false, ..) => rest.iter().position(|b| is_mark(*b)),
        };
        end.unwrap_or(rest.len())
    }

    fn run(&mut self, bytes: &[u8]) {
        if self.string
            && let Some(key) = self.key.as_mut()
        {
            // one more than the longest key that matters says that it is another one
            key.extend(bytes.iter().take(MAX_KEY + 1 - key.len().min(MAX_KEY + 1)));
        }
        match self.frames.last_mut() {
            Some(frame) => frame.keep_all(bytes),
            None => self
                .stray
                .extend(bytes.iter().take(KEPT - self.stray.len().min(KEPT))),
        }
    }

    /// Says that nothing follows: what is still open was cut off.
    pub fn finish(&mut self, sink: &mut impl FnMut(Piece<'_>)) {
        self.hand_out_stray(sink);
        let open = self.frames.drain(..).rev().find(|frame| !blank(&frame.own));
        if let Some(frame) = open {
            sink(Piece::Broken(first(&frame.own)));
        }
        *self = Self::default();
    }

    fn in_string(&mut self, byte: u8) {
        self.keep(byte);
        match (self.escape, byte) {
            (true, _) => self.escape = false,
            (false, b'\\') => self.escape = true,
            (false, b'"') => self.string = false,
            (false, _) => {}
        }
    }

    fn structure(&mut self, byte: u8, sink: &mut impl FnMut(Piece<'_>)) {
        match byte {
            b'"' => {
                let key =
                    self.content == 0 && self.frames.last().is_some_and(|f| f.place == Place::Key);
                self.key = key.then(Vec::new);
                self.string = true;
                self.keep(byte);
            }
            b'{' | b'[' => self.open(byte, sink),
            b'}' | b']' => self.close(byte, sink),
            b',' | b':' if self.content == 0 => self.between(byte, sink),
            _ => self.keep(byte),
        }
    }

    fn open(&mut self, byte: u8, sink: &mut impl FnMut(Piece<'_>)) {
        let object = byte == b'{';
        let enters = self.content == 0
            && self.frames.len() < MAX_FRAMES
            && match self.frames.last() {
                None => true,
                Some(frame) if frame.object() => frame.place == Place::RowValue,
                Some(_) => object,
            };
        if !enters {
            self.content += 1;
            self.keep(byte);
            return;
        }
        if self.frames.is_empty() {
            self.hand_out_stray(sink);
        }
        if let Some(parent) = self.frames.last_mut().filter(|parent| parent.object()) {
            parent.own.extend_from_slice(b"null");
            parent.envelope = true;
        }
        self.frames
            .push(Frame::new(if object { Place::Key } else { Place::Element }));
        if object {
            self.keep(byte);
        }
    }

    fn close(&mut self, byte: u8, sink: &mut impl FnMut(Piece<'_>)) {
        if self.content > 0 {
            self.content -= 1;
            self.keep(byte);
            return;
        }
        let Some(mut frame) = self.frames.pop() else {
            self.keep(byte);
            return;
        };
        if frame.object() != (byte == b'}') {
            frame.keep(byte);
            sink(Piece::Broken(first(&frame.own)));
            frame.rows += 1;
        } else if frame.object() {
            frame.keep(byte);
            // an empty envelope inside another speaks through the outer one
            let inner = frame.envelope && !self.frames.is_empty();
            if frame.rows == 0 && !inner {
                frame.hand_out(sink);
                frame.rows = 1;
            }
        } else if !blank(&frame.own) {
            frame.hand_out(sink);
            frame.rows += 1;
        }
        if let Some(parent) = self.frames.last_mut() {
            parent.rows += frame.rows;
        }
    }

    fn between(&mut self, byte: u8, sink: &mut impl FnMut(Piece<'_>)) {
        let row_key = self
            .key
            .take()
            .is_some_and(|key| ROW_KEYS.contains(&key.as_slice()));
        let Some(frame) = self.frames.last_mut() else {
            return self.keep(byte);
        };
        if frame.object() {
            frame.place = match (byte, row_key) {
                (b',', _) => Place::Key,
                (_, true) => Place::RowValue,
                (_, false) => Place::OtherValue,
            };
            frame.keep(byte);
        } else {
            if !blank(&frame.own) {
                // a bare value in an array of rows is a row that cannot be read, not nothing
                frame.hand_out(sink);
                frame.rows += 1;
            }
            frame.own.clear();
            frame.too_long = false;
        }
    }

    fn keep(&mut self, byte: u8) {
        match self.frames.last_mut() {
            Some(frame) => frame.keep(byte),
            None if self.stray.len() < KEPT => self.stray.push(byte),
            None => {}
        }
    }

    fn hand_out_stray(&mut self, sink: &mut impl FnMut(Piece<'_>)) {
        if !blank(&self.stray) {
            sink(Piece::Broken(&self.stray));
        }
        self.stray.clear();
    }
}

/// A byte that opens or closes something.
fn is_mark(byte: u8) -> bool {
    matches!(byte, b'"' | b'{' | b'}' | b'[' | b']')
}

fn first(bytes: &[u8]) -> &[u8] {
    bytes.get(..KEPT).unwrap_or(bytes)
}

/// Nothing but white space, and the commas between documents.
fn blank(bytes: &[u8]) -> bool {
    bytes.iter().all(|b| b.is_ascii_whitespace() || *b == b',')
}
