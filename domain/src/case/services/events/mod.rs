//! The forms of what happens in this chapter.
#![expect(
    missing_docs,
    reason = "field names are those of the commands, documented there"
)]

pub mod referral;
pub mod service;
pub mod visit;

#[cfg(test)]
pub(in crate::case) fn samples() -> Vec<crate::case::sentence::Sample> {
    [referral::samples(), service::samples(), visit::samples()]
        .into_iter()
        .flatten()
        .collect()
}
