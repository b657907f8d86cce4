//! What a decision depends on besides the case: the time, the actor, the law and the calendar.
//! All of it is handed in.

use super::Rejection;
use crate::calendar::Calendar;
use crate::identity::Actor;
use crate::procedure::Procedure;
use crate::time::Instant;
use crate::unit::Units;

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
}

impl<'a> Context<'a> {
    /// A context at `now` with the shipped calendar and units.
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
            units: Units::in_use(),
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
            return Err(Rejection::field(
                field,
                "unknown-unit",
                "Không có đơn vị hành chính mang mã này. Hãy chọn trong danh sách.",
                "No administrative unit has this code. Choose one from the list.",
            ));
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
}
