//! Alternative care: families, facilities, follow-up and end.
#![expect(
    missing_docs,
    reason = "field names are those of the commands, documented there"
)]

mod facility;
mod placement;

pub use facility::*;
pub use placement::*;

#[cfg(test)]
pub(in crate::case) fn samples() -> Vec<crate::case::sentence::Sample> {
    [facility::samples(), placement::samples()]
        .into_iter()
        .flatten()
        .collect()
}
