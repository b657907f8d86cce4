//! What a decision depends on besides the case: the time, the actor, the law and the calendar.
//! All of it is handed in.

use super::{Rejection, Seat};
use crate::calendar::Calendar;
use crate::case::Procedure;
use crate::identity::Actor;
use crate::time::Instant;
use crate::unit::{Unit, Units, ended};

/// The surroundings of a decision.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The clock: when the command is given, which becomes the time of recording.
    pub now: Instant,
    /// When it happened: the `occurred_at` of the command, or `now`.
    pub occurred_at: Instant,
    /// Who gives the command.
    pub actor: &'a Actor,
    /// The procedure in force.
    pub procedure: &'a Procedure,
    /// The calendar of working days.
    pub calendar: &'a Calendar,
    /// The units.
    pub units: &'a Units,
    /// Where the command names another case: whether anything that is known of the child there is like this one.
    /// None: nobody looked.
    pub other_case_alike: Option<bool>,
}

impl<'a> Context<'a> {
    /// A context at `now` with the units of the procedure.
    #[must_use]
    pub fn new(
        now: Instant,
        actor: &'a Actor,
        procedure: &'a Procedure,
        calendar: &'a Calendar,
    ) -> Self {
        Self {
            now,
            occurred_at: now,
            actor,
            procedure,
            calendar,
            units: &procedure.units,
            other_case_alike: None,
        }
    }

    /// Refuses an instant after `now`. `field` is its JSON pointer in the command.
    ///
    /// # Errors
    /// `in-the-future`.
    pub fn not_in_future(&self, at: Instant, field: &str) -> Result<(), Rejection> {
        if at <= self.now {
            return Ok(());
        }
        Err(Rejection::field(
            field,
            "in-the-future",
            "Thời điểm này ở tương lai. Hãy ghi lúc việc thật sự xảy ra.",
            "This instant lies in the future. Enter when it really happened.",
        ))
    }

    /// Refuses a unit code that nobody knows, and, if `commune`, one that is no commune.
    ///
    /// # Errors
    /// `unknown-unit` or `not-a-commune`.
    pub fn unit(&self, code: &str, commune: bool, field: &str) -> Result<(), Rejection> {
        let Some(unit) = self.units.find(code, self.occurred_at.date()) else {
            return Err(unknown_unit(field));
        };
        if commune && unit.level != crate::unit::Level::Commune {
            return Err(Rejection::field(
                field,
                "not-a-commune",
                "Hãy chọn xã, phường, thị trấn nơi xảy ra vụ việc: cấp xã là nơi phải xử lý.",
                "Choose the commune where it happened: the commune is the one that must act.",
            ));
        }
        Ok(())
    }

    /// Refuses what [`Self::unit`] refuses, and a unit that no longer exists when it happens: neither
    /// it nor an agency of it can be given anything more to do. The sentence names its successors.
    ///
    /// # Errors
    /// `unknown-unit`, `not-a-commune` or `unit-ended`.
    pub fn standing(
        &self,
        reference: &str,
        commune: bool,
        field: &str,
    ) -> Result<&'a Unit, Rejection> {
        self.unit(reference, commune, field)?;
        let date = self.occurred_at.date();
        match self.units.find(reference, date) {
            Some(unit) if unit.ended(date) => {
                Err(ended(self.units, unit, date).at(field.to_owned()))
            }
            Some(unit) => Ok(unit),
            None => Err(unknown_unit(field)),
        }
    }

    /// The article on which a matter rests on the day of the act.
    #[must_use]
    pub fn basis(&self, matter: &str) -> String {
        let basis = self.procedure.basis(matter, self.occurred_at);
        basis.unwrap_or_default().to_owned()
    }

    /// The province in which lies what answers in a seat on the day of the act: of a unit that has
    /// ended, that of its successors.
    #[must_use]
    pub fn province_of(&self, seat: &Seat) -> String {
        let date = self.occurred_at.date();
        let now = seat.version(self.units).and_then(|unit| {
            let fate = self.units.current(&unit.id, date, date)?;
            fate.units().first().map(|unit| unit.id.clone())
        });
        let unit = now.as_deref().unwrap_or(seat.unit());
        let province = self.units.province_of(unit, date);
        province.map_or_else(
            || seat.unit().to_owned(),
            |unit| unit.reference().to_owned(),
        )
    }
}

fn unknown_unit(field: &str) -> Rejection {
    Rejection::field(
        field,
        "unknown-unit",
        "Không có đơn vị hành chính mang mã này. Hãy chọn trong danh sách.",
        "No administrative unit has this code. Choose one from the list.",
    )
}
