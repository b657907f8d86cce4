//! The procedures that are shipped: Decree 56/2017, and what runs beside it.

use std::sync::{Arc, OnceLock};

use super::Procedure;
use crate::case::Command;
use crate::law::{ProcedureError, wrong};
use crate::unit::Units;

impl Procedure {
    /// The shipped procedures by name.
    pub const SHIPPED: &'static [(&'static str, &'static str)] = &[(
        "decree-56-2017",
        include_str!("../../../procedures/decree-56-2017.toml"),
    )];

    /// What runs beside every main procedure.
    const BESIDE: &'static [(&'static str, &'static str)] = &[
        (
            "crime-report",
            include_str!("../../../procedures/crime-report.toml"),
        ),
        (
            "alternative-care",
            include_str!("../../../procedures/alternative-care.toml"),
        ),
    ];

    /// Decree 56/2017 and the units as shipped.
    ///
    /// # Panics
    /// Never: a test reads the shipped file.
    #[must_use]
    pub fn shipped() -> Arc<Self> {
        static SHIPPED: OnceLock<Arc<Procedure>> = OnceLock::new();
        Arc::clone(SHIPPED.get_or_init(|| {
            match Procedure::parse(Self::SHIPPED[0].1, Units::shipped()) {
                Ok(procedure) => Arc::new(procedure),
                Err(error) => panic!("{error}"),
            }
        }))
    }

    /// Reads a procedure file about `units`. What runs beside it is added from the shipped files, but for steps
    /// that the file defines itself.
    ///
    /// # Errors
    /// [`ProcedureError`] saying where the file is wrong.
    pub fn parse(text: &str, units: &Arc<Units>) -> Result<Self, ProcedureError> {
        let mut procedure = Self::read(text, units)?;
        for (_, beside) in Self::BESIDE {
            procedure.add(Self::read(beside, units)?);
        }
        // What a file does not say about who may give a command is as shipped.
        for (_, shipped) in Self::SHIPPED.iter().filter(|(_, shipped)| *shipped != text) {
            procedure.complete(Self::read(shipped, units)?);
        }
        let missing = |name: &&&str| !procedure.competences.iter().any(|c| c.command == **name);
        match Command::NAMES.iter().find(missing) {
            Some(name) => Err(wrong("competence", format!("nobody may {name}"))),
            None => Ok(procedure),
        }
    }
}
