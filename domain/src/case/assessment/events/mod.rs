//! The forms of what happens in this chapter.
#![expect(
    missing_docs,
    reason = "field names are those of the commands, documented there"
)]

pub mod assessment;
pub mod contradiction;
pub mod review;

#[cfg(test)]
pub(in crate::case) fn samples() -> Vec<crate::case::sentence::Sample> {
    [
        assessment::samples(),
        contradiction::samples(),
        review::samples(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
