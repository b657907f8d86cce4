//! The forms of what happens in this chapter.
#![expect(
    missing_docs,
    reason = "field names are those of the commands, documented there"
)]

pub mod court;
pub mod emergency;
pub mod separation;

#[cfg(test)]
pub(in crate::case) fn samples() -> Vec<crate::case::sentence::Sample> {
    [
        court::samples(),
        emergency::samples(),
        separation::samples(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
