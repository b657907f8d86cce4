//! What rows depend on besides events and code: where it changes, they are made anew.

use std::fmt::Write as _;

use chrono::NaiveDate;
use domain::calendar::Calendar;
use domain::case::Procedure;
use domain::unit::Units;
use sha2::{Digest as _, Sha256};

/// For how many years it is looked which days are working days.
const YEARS: usize = 100;

/// The rules that the rows follow, as a short text that changes whenever they do: the names of procedure
/// and calendar, and a hash of them, of every day that the calendar tells apart, and of every unit with
/// what became of it.
pub(crate) fn basis(procedure: &Procedure, calendar: &Calendar, units: &Units) -> String {
    let mut hash = Sha256::new();
    // Each part ends with a byte that none of them holds.
    let mut part = |text: &str| {
        hash.update(text);
        hash.update([0xff]);
    };
    part(&procedure.fingerprint());
    part(calendar.id());
    part(&days(calendar));
    for unit in units.all() {
        part(&serde_json::to_string(unit).unwrap_or_default());
        let then = unit.to.or(unit.from).unwrap_or_default();
        for (successor, share) in units.successors(&unit.id, then) {
            let share = serde_json::to_string(&share).unwrap_or_default();
            part(&format!("{} {share}", successor.id));
        }
    }
    let mut text = format!("{}/{} {} ", procedure.id, procedure.version, calendar.id());
    for byte in hash.finalize() {
        // Writing to a text cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// Which days of which years are working days.
fn days(calendar: &Calendar) -> String {
    let begin = NaiveDate::from_ymd_opt(1990, 1, 1).unwrap_or_default();
    let days = begin.iter_days().take(YEARS * 366);
    days.map(|day| match calendar.day(day) {
        Ok(status) if status.working => 'w',
        Ok(_) => 'f',
        Err(_) => '-',
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ADDED: &str = r#"
        [[unit]]
        id = "new-1"
        name = "Phường Hoàn Lão"
        level = "commune"
        parent = "44"
        from = "2026-09-01"
        act = "NQ 1"
    "#;

    const SUCCEEDS: &str = r#"
        [[succession]]
        old = "19111"
        new = "new-1"
        share = "whole"
    "#;

    #[test]
    fn it_changes_with_every_rule_and_with_nothing_else() {
        let (procedure, calendar) = (Procedure::shipped(), Calendar::shipped());
        let units = Units::shipped();
        let shipped = basis(&procedure, &calendar, units);
        assert_eq!(shipped, basis(&procedure, &calendar, &units.clone()));
        let added = units.with_additions(ADDED).unwrap();
        let succeeds = units.with_additions(&format!("{ADDED}{SUCCEEDS}")).unwrap();
        let name = format!("id = \"{}\"\n[years]\n", calendar.id());
        let unknown = Calendar::parse(&name).unwrap();
        let all = [
            basis(&procedure, &calendar, &added),
            basis(&procedure, &calendar, &succeeds),
            basis(&procedure, &unknown, units),
            shipped,
        ];
        for (index, one) in all.iter().enumerate() {
            assert!(!all[..index].contains(one), "{one}");
        }
    }
}
