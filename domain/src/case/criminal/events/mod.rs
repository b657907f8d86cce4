//! Police, forensic bodies and prosecution: what runs beside the protection of the child when a
//! crime may have been done.
#![expect(
    missing_docs,
    reason = "field names are those of the commands, documented there"
)]

mod crime_report;
mod forensic;
mod interview;

pub use crime_report::*;
pub use forensic::*;
pub use interview::*;

#[cfg(test)]
pub(in crate::case) fn samples() -> Vec<crate::case::sentence::Sample> {
    [
        crime_report::samples(),
        forensic::samples(),
        interview::samples(),
    ]
    .into_iter()
    .flatten()
    .collect()
}
