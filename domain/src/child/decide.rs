//! Deciding about the record of a child: what stands in it, command and context in, events or a refusal out. Pure.

use chrono::NaiveDate;
use uuid::Uuid;

use super::command::Command;
use super::events::{Event, Stays};
use super::seat::Seat;
use super::sight::{Sees, sees};
use super::state::{Child, Record};
use crate::command::{Decided, Rejection, RejectionKind};
use crate::identity::Actor;
use crate::permit::Viewer;
use crate::time::{Date, Instant};
use crate::unit::{Level, Units, refuse_ended};

/// The surroundings of a decision.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The clock.
    pub now: Instant,
    /// When it happened.
    pub occurred_at: Instant,
    /// Who gives the command.
    pub actor: &'a Actor,
    /// The units.
    pub units: &'a Units,
    /// The other record that the command names, where there is one and the sender sees it.
    pub other: Option<&'a Child>,
}

impl<'a> Context<'a> {
    /// A context at `now`.
    #[must_use]
    pub const fn new(now: Instant, actor: &'a Actor, units: &'a Units) -> Self {
        Self {
            now,
            occurred_at: now,
            actor,
            units,
            other: None,
        }
    }

    /// Who gives the command, as somebody who looks.
    #[must_use]
    pub fn viewer(&self) -> Viewer<'a> {
        Viewer {
            role: self.actor.role,
            unit: self.actor.unit.as_deref().unwrap_or_default(),
            units: self.units,
        }
    }

    /// Refuses a day after today.
    ///
    /// # Errors
    /// `in-the-future`.
    pub(super) fn not_ahead(&self, day: Date, field: &str) -> Result<(), Rejection> {
        if day.0 <= self.now.date() {
            return Ok(());
        }
        Err(Rejection::field(
            field,
            "in-the-future",
            "Ngày này ở tương lai. Hãy kiểm tra lại.",
            "This day lies in the future. Check it.",
        ))
    }

    /// Refuses a unit that nobody knows, that is no commune, or that has ended.
    ///
    /// # Errors
    /// `unknown-unit`, `not-a-commune`, `unit-ended`.
    pub(super) fn commune(&self, reference: &str, field: &str) -> Result<(), Rejection> {
        let today = self.now.date();
        let Some(unit) = self.units.find(reference, today) else {
            return Err(Rejection::field(
                field,
                "unknown-unit",
                "Không có đơn vị hành chính mang mã này. Hãy chọn trong danh sách.",
                "No administrative unit has this code. Choose one from the list.",
            ));
        };
        if unit.level != Level::Commune {
            return Err(Rejection::field(
                field,
                "not-a-commune",
                "Hãy chọn xã, phường, thị trấn nơi trẻ ở.",
                "Choose the commune in which the child lives.",
            ));
        }
        refuse_ended(self.units, reference, today).map_err(|ended| ended.at(field))
    }

    /// Today.
    pub(super) fn today(&self) -> NaiveDate {
        self.now.date()
    }
}

/// What a command asks of the record, besides its values.
pub(super) trait Rule {
    /// From which seats it is given.
    const SEATS: &'static [Seat];

    /// Whether it begins a record.
    const BEGINS: bool = false;

    /// Whether it is taken where the record is kept no more.
    const ON_ENDED: bool = false;

    /// Whether it is taken where the record was joined to another.
    const ON_JOINED: bool = false;

    /// The events, or what is wrong with its values.
    ///
    /// # Errors
    /// The refusal.
    fn decide(
        &self,
        record: Option<&Record>,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Rejection>;
}

/// What the decision knows of a command before its values.
#[derive(Debug, Clone, Copy)]
pub(super) struct Gates {
    pub seats: &'static [Seat],
    pub begins: bool,
    pub on_ended: bool,
    pub on_joined: bool,
}

impl Gates {
    pub const fn of<R: Rule>() -> Self {
        Self {
            seats: R::SEATS,
            begins: R::BEGINS,
            on_ended: R::ON_ENDED,
            on_joined: R::ON_JOINED,
        }
    }

    /// Whether it could be given now by who asks, whatever its values.
    ///
    /// # Errors
    /// Why not.
    pub fn stand(&self, record: Option<&Record>, context: &Context<'_>) -> Result<(), Rejection> {
        let Some(record) = record else {
            let role = Seat::of(context.actor.role).is_some_and(|seat| self.seats.contains(&seat));
            return match (self.begins, role) {
                (true, true) => Ok(()),
                (true, false) => Err(role_may_not()),
                (false, _) => Err(no_such_child()),
            };
        };
        let sees = sees(record, &context.viewer(), context.today()).ok_or_else(no_such_child)?;
        let seat = match sees {
            Sees::All => Some(Seat::Commune),
            Sees::Identity => Some(Seat::Police),
            Sees::Above => Seat::of(context.actor.role),
        };
        if !seat.is_some_and(|seat| self.seats.contains(&seat)) {
            return Err(role_may_not());
        }
        if record.joined_to.is_some() && !self.on_joined {
            return Err(Rejection::procedure(
                "joined-to-another",
                "Hồ sơ này đã được nhập vào một hồ sơ khác của cùng trẻ. Hãy ghi ở hồ sơ đó, hoặc tách ra trước.",
                "This record was joined to another one of the same child. Record it there, or part them first.",
                "",
            ));
        }
        if record.ended.is_some() && !self.on_ended {
            return Err(Rejection::procedure(
                "record-ended",
                "Hồ sơ này đã đóng. Nếu đóng nhầm, hãy tiếp tục hồ sơ trước.",
                "This record was ended. Where that was a mistake, resume it first.",
                "",
            ));
        }
        Ok(())
    }
}

fn role_may_not() -> Rejection {
    Rejection::forbidden(
        "role-may-not",
        "Việc này thuộc thẩm quyền của nơi khác: cấp xã nơi trẻ ở ghi hồ sơ, công an cấp xã xác nhận số định danh.",
        "This is for another office: the commune where the child lives keeps the record, its police check the number.",
        "",
    )
}

pub(super) fn no_such_child() -> Rejection {
    Rejection {
        kind: RejectionKind::NotFound,
        ..Rejection::procedure(
            "no-such-child",
            "Không có hồ sơ trẻ em này.",
            "There is no such child.",
            "",
        )
    }
}

/// Decides a command. `child` is none, or without events, before the record is begun.
///
/// # Errors
/// A [`Rejection`]. Then nothing happens.
pub fn decide(
    child: Option<&Child>,
    command: &Command,
    context: &Context<'_>,
) -> Result<Vec<Decided<Event>>, Rejection> {
    let record = child.and_then(Child::record);
    command.body.gates().stand(record, context)?;
    let occurred_at = command.occurred_at.unwrap_or(context.now);
    if context.now < occurred_at {
        return Err(Rejection::field(
            "/occurred_at",
            "in-the-future",
            "Thời điểm này ở tương lai. Hãy ghi lúc việc thật sự xảy ra.",
            "This instant lies in the future. Enter when it really happened.",
        ));
    }
    let context = &Context {
        occurred_at,
        ..*context
    };
    let events = command.body.rule(record, context)?;
    let decided = events.into_iter();
    Ok(decided
        .map(|event| Decided { occurred_at, event })
        .collect())
}

/// What an event of one record says in the other record that it names: both tell the same story.
#[must_use]
pub fn mirrored(event: &Event, own: Uuid) -> Option<(Uuid, Event)> {
    match event {
        Event::AlikeFound(found) => {
            let mut found = found.clone();
            let other = std::mem::replace(&mut found.facts.other, own);
            Some((other, Event::AlikeFound(found)))
        }
        Event::SameAnswered(said) => {
            let mut said = said.clone();
            let other = std::mem::replace(&mut said.facts.other, own);
            Some((other, Event::SameAnswered(said)))
        }
        Event::RecordsJoined(said) => {
            let mut said = said.clone();
            let other = std::mem::replace(&mut said.facts.other, own);
            said.facts.stays = match said.facts.stays {
                Stays::This => Stays::Other,
                Stays::Other => Stays::This,
            };
            Some((other, Event::RecordsJoined(said)))
        }
        Event::RecordsParted(said) => {
            let mut said = said.clone();
            let other = std::mem::replace(&mut said.facts.other, own);
            Some((other, Event::RecordsParted(said)))
        }
        _ => None,
    }
}
