//! The rows of a list, put in the order of its key as a whole, in bounded memory: what was put in order at
//! once is a run in a file without a name, and all runs are merged. So SQLite, where a list lies in the order
//! of its key, fills one page after the other, and none twice.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{BufWriter, Error, ErrorKind, Write as _};
use std::os::unix::fs::FileExt as _;
use std::sync::Arc;

use super::packed::{Order, Packed};

/// So many bytes of a run are read at once.
const READ: usize = 64 << 10;

/// The runs of one table.
pub(crate) struct Runs {
    file: File,
    /// Where each begins; the last number is where the next will.
    bounds: Vec<u64>,
}

impl Runs {
    /// None yet.
    pub fn begin() -> Result<Self, Error> {
        Ok(Self {
            file: tempfile::tempfile()?,
            bounds: vec![0],
        })
    }

    /// Adds rows that were put in order.
    pub fn add(&mut self, packed: &Packed) -> Result<(), Error> {
        let mut file = BufWriter::with_capacity(READ, &self.file);
        let mut end = self.bounds.last().copied().unwrap_or_default();
        let mut before = None;
        for (text, order, row) in packed.in_order() {
            // Rows with the same text follow one another: it is written with the first of them.
            let text = (before != Some(text)).then_some(text);
            before = text.or(before);
            let length = text.map_or(SAME, |text| text.len() as u32);
            for bytes in [
                &length.to_le_bytes()[..],
                text.unwrap_or_default(),
                &order,
                &(row.len() as u32).to_le_bytes(),
                row,
            ] {
                file.write_all(bytes)?;
                end += bytes.len() as u64;
            }
        }
        file.flush()?;
        self.bounds.push(end);
        Ok(())
    }

    /// All rows in their order.
    pub fn merge(&self) -> Result<Merge<'_>, Error> {
        let mut merge = Merge {
            runs: Vec::new(),
            next: BinaryHeap::new(),
            row: Vec::new(),
        };
        for bounds in self.bounds.windows(2) {
            let mut run = Run {
                file: &self.file,
                at: bounds[0],
                end: bounds[1],
                read: Vec::new(),
                used: 0,
                text: Arc::default(),
                row: Vec::new(),
            };
            if let Some(order) = run.next()? {
                let key = (Arc::clone(&run.text), order, merge.runs.len());
                merge.next.push(Reverse(key));
            }
            merge.runs.push(run);
        }
        Ok(merge)
    }
}

/// In place of the length of a text: it is that of the row before.
const SAME: u32 = u32::MAX;

/// The text of a row, its place behind that, and of which run it is.
type Next = (Arc<[u8]>, Order, usize);

/// The rows of all runs in their order.
pub(crate) struct Merge<'a> {
    runs: Vec<Run<'a>>,
    /// What each run goes on with, the first one first.
    next: BinaryHeap<Reverse<Next>>,
    row: Vec<u8>,
}

impl Merge<'_> {
    /// The next row; none behind the last.
    pub fn next(&mut self) -> Result<Option<&[u8]>, Error> {
        let Some(Reverse((_, _, first))) = self.next.pop() else {
            return Ok(None);
        };
        let run = &mut self.runs[first];
        std::mem::swap(&mut self.row, &mut run.row);
        if let Some(order) = run.next()? {
            let key = (Arc::clone(&run.text), order, first);
            self.next.push(Reverse(key));
        }
        Ok(Some(&self.row))
    }
}

/// A run that is being read.
struct Run<'a> {
    file: &'a File,
    at: u64,
    end: u64,
    read: Vec<u8>,
    used: usize,
    text: Arc<[u8]>,
    /// The row that was read last.
    row: Vec<u8>,
}

impl Run<'_> {
    /// Reads the next row, and says where it stands within those of its text; none behind the last.
    fn next(&mut self) -> Result<Option<Order>, Error> {
        if self.used == self.read.len() && self.at == self.end {
            return Ok(None);
        }
        let length = self.length()?;
        if length != SAME {
            self.text = self.take(length as usize)?.into();
        }
        let order = self.take(size_of::<Order>())?;
        let order = order.try_into().map_err(|_| damaged())?;
        let length = self.length()? as usize;
        let mut row = std::mem::take(&mut self.row);
        row.clear();
        row.extend(self.take(length)?);
        self.row = row;
        Ok(Some(order))
    }

    fn length(&mut self) -> Result<u32, Error> {
        let length = self.take(4)?.try_into().map_err(|_| damaged())?;
        Ok(u32::from_le_bytes(length))
    }

    fn take(&mut self, length: usize) -> Result<&[u8], Error> {
        if self.read.len() - self.used < length {
            self.read.drain(..self.used);
            self.used = 0;
            let there = self.read.len();
            let left = usize::try_from(self.end - self.at).unwrap_or(usize::MAX);
            let more = left.min(READ.max(length));
            self.read.resize(there + more, 0);
            self.file.read_exact_at(&mut self.read[there..], self.at)?;
            self.at += more as u64;
        }
        let taken = self.read.get(self.used..self.used + length);
        self.used += length;
        taken.ok_or_else(damaged)
    }
}

fn damaged() -> Error {
    ErrorKind::InvalidData.into()
}

#[cfg(test)]
mod tests {
    use proptest::collection::vec;
    use proptest::prelude::*;
    use uuid::Uuid;

    use super::*;
    use crate::keep::packed::For;
    use crate::table::{Kind, Moves, Table};

    const LIST: Table = Table {
        name: "list",
        columns: &[
            ("id", Kind::Uuid),
            ("whose", Kind::Text),
            ("which", Kind::Text),
            ("at", Kind::Integer),
        ],
        key: &["whose", "which", "at"],
        indexes: &[],
        moves: Moves::Whole,
        counts: None,
    };

    type Line = (String, String, i64);

    fn packed(lines: &[Line]) -> Packed {
        let mut packed = Packed::of(&LIST);
        for (whose, which, at) in lines {
            let row = vec![Uuid::nil().into(), whose.into(), which.into(), (*at).into()];
            packed.push(For::Sqlite, &LIST, &row);
        }
        packed
    }

    /// The bytes behind the first so many, with their length before them.
    fn cut<'a>(rest: &mut &'a [u8]) -> &'a [u8] {
        let (length, behind) = rest.split_first_chunk().unwrap();
        let (value, behind) = behind.split_at(u32::from_le_bytes(*length) as usize);
        *rest = behind;
        value
    }

    fn line(mut row: &[u8]) -> Line {
        cut(&mut row);
        let mut text = || String::from_utf8(cut(&mut row).to_vec()).unwrap();
        let (whose, which) = (text(), text());
        let at = i64::from_le_bytes(cut(&mut row).try_into().unwrap());
        (whose, which, at)
    }

    proptest! {
        #[test]
        fn all_rows_come_in_the_order_of_their_key(
            runs in vec(vec(vec(("[a-c]{0,3}", "[aâ ]{0,2}", any::<i64>()), 0..20), 0..4), 0..5),
        ) {
            let mut kept = Runs::begin().unwrap();
            for pieces in &runs {
                let mut whole = Packed::default();
                for piece in pieces {
                    whole.append(packed(piece));
                }
                whole.sort();
                kept.add(&whole).unwrap();
            }
            let mut expected: Vec<Line> = runs.into_iter().flatten().flatten().collect();
            expected.sort_unstable();
            let mut merge = kept.merge().unwrap();
            let mut found = Vec::new();
            while let Some(row) = merge.next().unwrap() {
                found.push(line(row));
            }
            prop_assert_eq!(found, expected);
        }
    }
}
