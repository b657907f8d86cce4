//! Which seats somebody has in a case. A seat is a place from which one acts: as the commune that
//! holds the case, as that of the incident, as the place that received a report, as an agency that was
//! asked. Who may give a command is said by the procedure in names of seats (`[[competence]]`); here
//! each name gets its meaning in a case. Seats are separate: who loses one keeps the others.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::events::contradiction::Against;
use super::parties::Part;
use super::state::contradiction_key;
use super::state::{CaseState, ReferralState, ReferralStatus, ReportState};
use crate::identity::Role;
use crate::language::Sentence;
use crate::law::Seat;
use crate::text::Code;
use crate::time::Instant;
use crate::unit::Units;

/// A seat by its name in a procedure file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SeatName {
    /// No seat is needed: what protects a child is refused to nobody.
    Anyone,
    /// Any seat that has not ended.
    Any,
    /// Any seat, also one that has ended.
    Ever,
    /// The unit that the command itself names.
    Named,
    /// Who recorded what is to be corrected: the same role of the same unit.
    Author,
    /// The office that recorded it: officer and chair of a commune are one.
    AuthorOffice,
    /// The system itself.
    System,
    /// The place that received the report.
    Receipt,
    /// The commune to which a report was forwarded.
    Forwarded,
    /// The commune of what this round is about: of its reports, or of the last one before it.
    Incident,
    /// The commune of the incident of a report that was added unseen and waits for its answer.
    ToldIncident,
    /// The commune that separated the child of a report that waits for its answer, or where that happened.
    ToldSeparation,
    /// The commune of an earlier incident, since the case was opened.
    EarlierIncident,
    /// The commune of residence.
    Residence,
    /// The commune that is responsible for the case.
    Holder,
    /// The commune that is asked to take it.
    TransferTo,
    /// The province in which it happened, in which the child lives or a unit of the case lies.
    Province,
    /// Police of the commune of incident or residence, of what lies above it, or that received a
    /// report.
    Police,
    /// The investigating body that has the report of crime.
    InvestigatingBody,
    /// Police of the commune of incident or residence, where investigators are posted.
    PostedInvestigator,
    /// The procuracy beside the investigating body.
    Procuracy,
    /// The forensic body that was asked for the examination.
    ForensicBody,
    /// The court that was asked.
    Court,
    /// Who asked the court.
    CourtRequester,
    /// The agency that was asked by the referral and has not ended its part.
    Referred,
    /// The agency that accepted a referral for the item of the plan.
    Provider,
    /// Who referred.
    Referrer,
    /// The commune of the carer.
    Carer,
    /// The facility in which the child stays.
    Facility,
    /// The authority over that facility.
    FacilityAuthority,
}

/// What in a case a command is about: its seat, and whether it is possible, may depend on that.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct About<'a> {
    /// The referral, examination, placement or item of the plan.
    pub key: Option<&'a Code>,
    /// The unit that the command names as its own.
    pub unit: Option<&'a str>,
    /// The report, by its place in the case.
    pub report: Option<usize>,
    /// Who recorded the event that is to be corrected.
    pub author: Option<(Role, &'a str)>,
    /// The unit of the case.
    pub of_unit: Option<&'a str>,
    /// The event.
    pub event: Option<Uuid>,
    /// What speaks against that event.
    pub against: Option<Against>,
    /// Who is in charge, in which role.
    pub officer: Option<(&'a str, Role)>,
}

impl<'a> About<'a> {
    /// About the referral, examination, placement or item with this id.
    #[must_use]
    pub fn of(key: &'a Code) -> Self {
        Self {
            key: Some(key),
            ..Self::default()
        }
    }

    /// About the event with this id.
    #[must_use]
    pub fn event(id: Uuid) -> Self {
        Self {
            event: Some(id),
            ..Self::default()
        }
    }

    /// Whether it is about the case itself, or something new in it.
    pub(super) fn is_whole(&self) -> bool {
        let known = self.key.is_some() || self.of_unit.is_some() || self.officer.is_some();
        !known && self.event.is_none()
    }

    /// Whether addresses name it so: an id; a contradiction as the event and what speaks against it.
    pub(super) fn is_called(&self, name: &str) -> bool {
        let event = || match (self.event, self.against) {
            (Some(event), Some(against)) => contradiction_key(event, against) == name,
            (Some(event), None) => {
                event.hyphenated().encode_lower(&mut Uuid::encode_buffer()) == name
            }
            (None, _) => false,
        };
        let key = self.key.is_some_and(|key| key.as_str() == name);
        let officer = self.officer.is_some_and(|(officer, _)| officer == name);
        key || officer || self.of_unit == Some(name) || event()
    }
}

/// Somebody who acts in a case, or wants to.
#[derive(Debug, Clone, Copy)]
pub struct Sitting<'a> {
    /// The case.
    pub state: &'a CaseState,
    /// In which role.
    pub role: Role,
    /// Reference of the unit.
    pub unit: &'a str,
    /// When it is done: whatever lies in a province then.
    pub at: Instant,
    /// The units.
    pub units: &'a Units,
}

impl Sitting<'_> {
    fn same(&self, unit: &str) -> bool {
        self.units.same(unit, self.unit)
    }

    /// Whether this is the place where the unit answers: as recorded, or where its competence went.
    fn sits(&self, seat: &Seat) -> bool {
        self.same(seat.unit())
    }

    fn commune(&self) -> bool {
        self.role.is_of_commune()
    }

    /// Whether one sits on the seat `name`; the roles that may are the procedure's to say.
    #[must_use]
    pub fn has(&self, name: SeatName, about: &About<'_>) -> bool {
        let state = self.state;
        match name {
            SeatName::Anyone => true,
            SeatName::Any => self.takes_part(),
            SeatName::Ever => self.takes_part() || self.took_part(),
            SeatName::Named => about.unit.is_some_and(|unit| self.same(unit)),
            SeatName::Author => about
                .author
                .is_some_and(|(role, unit)| role == self.role && self.same(unit)),
            SeatName::AuthorOffice => about
                .author
                .is_some_and(|(role, unit)| self.is(role, Some(unit))),
            SeatName::System => self.role == Role::System,
            SeatName::Receipt => match about.report {
                Some(row) => state.reports.get(row).is_some_and(|r| self.received(r)),
                None => state.reports.iter().any(|report| self.received(report)),
            },
            SeatName::Forwarded => {
                let mut forwarded = state.reports.iter().filter_map(|r| r.forwarded.as_ref());
                self.commune() && forwarded.any(|seat| self.sits(seat))
            }
            SeatName::Incident => state.incidents().any(|seat| self.sits(seat)),
            SeatName::ToldIncident => state.waiting().any(|r| self.sits(&r.incident)),
            SeatName::ToldSeparation => state.waiting().any(|report| {
                let id = report.event_id;
                state.separation_of(Some(id)).is_some() && state.separated_by(id, self.unit)
            }),
            SeatName::EarlierIncident => state.earlier_incidents().any(|seat| self.sits(seat)),
            SeatName::Residence => state.residence().is_some_and(|seat| self.sits(seat)),
            SeatName::Holder => self.sits(state.responsible_seat()),
            SeatName::TransferTo => {
                let offer = state.transfer.as_ref();
                self.commune() && offer.is_some_and(|offer| self.sits(&offer.asked))
            }
            SeatName::Province => self.role == Role::ProvincialOfficer && self.in_province(),
            SeatName::Police => self.role == Role::PoliceOfficer && self.police(),
            SeatName::InvestigatingBody => {
                let report = state.criminal.report();
                self.role == Role::PoliceOfficer && report.is_some_and(|r| self.sits(&r.body))
            }
            SeatName::PostedInvestigator => {
                let passed = state.criminal.report().is_some();
                self.role == Role::PoliceOfficer && passed && self.in_communes()
            }
            SeatName::Procuracy => {
                let report = state.criminal.report();
                self.role == Role::Prosecutor && report.is_some_and(|r| self.sits(&r.body))
            }
            SeatName::ForensicBody => {
                let exams = state.criminal.examinations.iter();
                let meant = |id: &Code| about.key.is_none_or(|key| key == id);
                let mut asked = exams.filter(|exam| meant(&exam.id));
                asked.any(|exam| {
                    exam.role() == Some(self.role)
                        && exam.asked.as_ref().is_some_and(|s| self.sits(s))
                })
            }
            SeatName::Court => {
                let asked = state.court.asked.as_ref();
                self.role == Role::CourtClerk && asked.is_some_and(|seat| self.sits(seat))
            }
            SeatName::CourtRequester => {
                let by = state.court.requested_by.as_ref();
                by.is_some_and(|by| self.is(by.role, by.unit.as_deref()))
            }
            SeatName::Referred => self.referrals(about.key).any(|referral| {
                let working = match about.key {
                    Some(_) => referral.status.has_a_part(),
                    None => referral.status == ReferralStatus::Accepted,
                };
                working && self.asked_by(referral)
            }),
            SeatName::Provider => self.referrals(None).any(|referral| {
                let for_it = about.key.is_some() && referral.item_id.as_ref() == about.key;
                for_it && referral.status == ReferralStatus::Accepted && self.asked_by(referral)
            }),
            SeatName::Referrer => self
                .referrals(about.key)
                .any(|referral| self.is(referral.by.role, referral.by.unit.as_deref())),
            SeatName::Carer => {
                let placements = state.care.placements.iter();
                let meant = |id: &Code| about.key.is_none_or(|key| key == id);
                let mut placements = placements.filter(|placement| meant(&placement.id));
                self.commune() && placements.any(|placement| self.sits(&placement.carer))
            }
            SeatName::Facility => {
                let stay = state.care.stay();
                self.role == Role::ProviderWorker && stay.is_some_and(|s| self.sits(&s.facility))
            }
            SeatName::FacilityAuthority => {
                let stay = state.care.stay();
                stay.and_then(|stay| stay.authority(self.units))
                    .is_some_and(|(role, seat)| role == self.role && self.sits(&seat))
            }
        }
    }

    /// The office itself: officer and chair of a commune are one, other roles each their own.
    fn is(&self, role: Role, unit: Option<&str>) -> bool {
        let office = role == self.role || (self.commune() && role.is_of_commune());
        office && unit.is_some_and(|unit| self.same(unit))
    }

    fn referrals(&self, key: Option<&Code>) -> impl Iterator<Item = &ReferralState> {
        let all = self.state.referrals.iter();
        all.filter(move |referral| key.is_none_or(|key| referral.id == *key))
    }

    /// Whether the referral went to this agency; one that was named in words only went to whoever of
    /// its kind answers.
    fn asked_by(&self, referral: &ReferralState) -> bool {
        let role = referral.role().is_none_or(|role| role == self.role);
        role && referral.asked.as_ref().is_none_or(|seat| self.sits(seat))
    }

    /// Whether this is the place that received the report.
    fn received(&self, report: &ReportState) -> bool {
        let role = match report.place_of_receipt.kind.as_str() {
            "hotline" => self.role == Role::HotlineOperator,
            "police" => self.role == Role::PoliceOfficer,
            _ => self.commune() || self.role == Role::ProvincialOfficer,
        };
        role && (self.sits(&report.receipt) || self.same(&report.place_of_receipt.unit))
    }

    /// Whether this is the commune of incident or residence.
    fn in_communes(&self) -> bool {
        let mut communes = self.state.incidents().chain(self.state.residence());
        communes.any(|seat| self.sits(seat))
    }

    fn police(&self) -> bool {
        let communes = self.state.incidents().chain(self.state.residence());
        let date = self.at.date();
        let mut units = communes.map(Seat::unit);
        let above = units
            .any(|commune| self.same(commune) || self.units.is_within(commune, self.unit, date));
        let mut reports = self.state.reports.iter();
        above || reports.any(|r| r.place_of_receipt.kind.as_str() == "police" && self.received(r))
    }

    fn in_province(&self) -> bool {
        let state = self.state;
        let (units, today) = (self.units, self.at.date());
        units.is_within(state.incident().unit(), self.unit, today)
            || units.is_within(&state.incident_unit, self.unit, state.received_at.date())
            || self.successor_within()
            || state.units().any(|other| self.same(other))
    }

    /// Whether what the commune of the incident is today lies within the unit.
    fn successor_within(&self) -> bool {
        let (units, today) = (self.units, self.at.date());
        let commune = self.state.incident().version(units);
        let now = commune.and_then(|commune| units.current(&commune.id, today, today));
        now.is_some_and(|fate| {
            let mut parts = fate.units().iter();
            parts.any(|part| units.is_within(&part.id, self.unit, today))
        })
    }

    /// Whether the office has a seat in this case that has not ended.
    #[must_use]
    pub fn takes_part(&self) -> bool {
        match self.role {
            Role::ProvincialOfficer => self.in_province(),
            Role::System => true,
            Role::Inspector | Role::Analyst | Role::Administrator => false,
            role => matches!(self.state.part(role, self.unit), Part::Takes | Part::Told),
        }
    }

    /// Whether the office had a seat that has ended.
    #[must_use]
    pub fn took_part(&self) -> bool {
        !matches!(
            self.state.part(self.role, self.unit),
            Part::None | Part::Takes | Part::Told
        )
    }
}

impl SeatName {
    /// What the seat is called when somebody is told who may act; none where everybody who has the
    /// role may.
    #[must_use]
    pub fn title(self) -> Option<Sentence> {
        let (vi, en) = match self {
            Self::Anyone | Self::System => return None,
            Self::Any => ("nơi đang tham gia vụ việc", "who takes part in the case"),
            Self::Ever => (
                "nơi đang hoặc đã tham gia vụ việc",
                "who takes or took part in the case",
            ),
            Self::Named => ("nơi được ghi trong nội dung", "the unit that is named"),
            Self::Author | Self::AuthorOffice => ("nơi đã ghi nội dung đó", "who recorded it"),
            Self::Receipt => (
                "nơi tiếp nhận thông tin đó",
                "the place that received the report",
            ),
            Self::Forwarded => (
                "cấp xã được chuyển thông tin",
                "the commune to which the report was forwarded",
            ),
            Self::Incident => ("cấp xã nơi xảy ra vụ việc", "the commune of the incident"),
            Self::ToldIncident => (
                "cấp xã nơi xảy ra theo thông tin đang chờ trả lời",
                "the commune of the incident of a report that waits for an answer",
            ),
            Self::ToldSeparation => (
                "cấp xã đã cách ly trẻ theo thông tin đang chờ trả lời",
                "the commune that separated the child of a report that waits for an answer",
            ),
            Self::EarlierIncident => (
                "cấp xã nơi xảy ra vụ việc trước đó",
                "the commune of an earlier incident",
            ),
            Self::Residence => ("cấp xã nơi trẻ cư trú", "the commune where the child lives"),
            Self::Holder => (
                "xã chịu trách nhiệm về vụ việc",
                "the commune that is responsible for the case",
            ),
            Self::TransferTo => (
                "cấp xã được đề nghị nhận hồ sơ",
                "the commune that is asked to take the case",
            ),
            Self::Province => ("cơ quan cấp tỉnh", "the province"),
            Self::Police => (
                "công an nơi xảy ra vụ việc, nơi trẻ cư trú hoặc nơi tiếp nhận",
                "the police of incident, residence or receipt",
            ),
            Self::InvestigatingBody => (
                "cơ quan điều tra đang giải quyết tin báo",
                "the investigating body that has the report of crime",
            ),
            Self::PostedInvestigator => (
                "điều tra viên được bố trí tại công an cấp xã",
                "investigators posted to the commune police",
            ),
            Self::Procuracy => (
                "Viện kiểm sát cùng cấp",
                "the procuracy beside the investigating body",
            ),
            Self::ForensicBody => (
                "cơ quan giám định được trưng cầu",
                "the forensic body that was asked",
            ),
            Self::Court => ("Tòa án được đề nghị", "the court that was asked"),
            Self::CourtRequester => ("nơi đã đề nghị Tòa án", "who asked the court"),
            Self::Referred => (
                "cơ quan được chuyển gửi",
                "the agency that was asked by the referral",
            ),
            Self::Provider => (
                "cơ quan đã nhận thực hiện việc này theo chuyển gửi",
                "the agency that accepted this item by a referral",
            ),
            Self::Referrer => ("nơi đã chuyển gửi", "who referred"),
            Self::Carer => (
                "cấp xã nơi người nhận chăm sóc thay thế cư trú",
                "the commune where the carer lives",
            ),
            Self::Facility => (
                "cơ sở đang chăm sóc trẻ",
                "the facility in which the child stays",
            ),
            Self::FacilityAuthority => ("cơ quan quản lý cơ sở", "the authority over the facility"),
        };
        Some(Sentence::new(vi, en))
    }
}
