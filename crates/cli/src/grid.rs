//! Lines of columns, aligned for a terminal.

/// Aligns columns; the last one is left as it is.
pub(crate) fn aligned(head: &[&str], lines: &[Vec<String>]) -> String {
    let mut widths: Vec<usize> = head.iter().map(|cell| cell.chars().count()).collect();
    for line in lines {
        for (width, cell) in widths.iter_mut().zip(line) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let row = |cells: &mut dyn Iterator<Item = &str>| {
        let mut out = String::new();
        for (place, cell) in cells.enumerate() {
            out += cell;
            let pad = widths.get(place).copied().unwrap_or(0);
            if place + 1 < widths.len() {
                out += &" ".repeat(pad.saturating_sub(cell.chars().count()) + 2);
            }
        }
        out.trim_end().to_owned() + "\n"
    };
    let mut out = row(&mut head.iter().copied());
    for line in lines {
        out += &row(&mut line.iter().map(String::as_str));
    }
    out
}
