//! Who takes part in a case: communes, and agencies by the role in which they act. Who may know of it
//! follows from that.

use chrono::NaiveDate;

use super::seat::Seat;
use super::state::CaseState;
use crate::identity::Role;
use crate::time::Instant;
use crate::unit::Units;

/// The roles that act for a commune as a whole.
const COMMUNE: [Role; 2] = [Role::CommuneOfficer, Role::CommuneChair];

/// How a list names the officers of `role` in `unit`: the unit itself for those who act for a commune,
/// a province or the inspectorate; role and unit for an agency, which sees only what it takes part in.
#[must_use]
pub fn party(role: Role, unit: &str) -> String {
    match role {
        Role::CommuneOfficer
        | Role::CommuneChair
        | Role::ProvincialOfficer
        | Role::Inspector
        | Role::Analyst
        | Role::Administrator
        | Role::System => unit.to_owned(),
        _ => format!("{}@{unit}", role.name()),
    }
}

impl CaseState {
    /// The communes whose officers and chairs may know of this case: holder, incident, residence,
    /// where it was reported, to which it was forwarded, former holders, carers, and the one that is
    /// asked to take it. Where competence passed to a successor, both. Some may come twice.
    pub fn communes(&self) -> impl Iterator<Item = &str> {
        let own = [self.responsible_commune(), self.incident_unit.as_str()];
        let passed = self
            .passings
            .iter()
            .flat_map(|passing| [passing.facts.from.reference(), passing.facts.to.reference()]);
        let reports = self.reports.iter().flat_map(|report| {
            let place = &report.place_of_receipt;
            let received = (!matches!(place.kind.as_str(), "hotline" | "police"))
                .then_some(place.unit.as_str());
            std::iter::once(report.incident_unit.as_str())
                .chain(received)
                .chain(report.forwarded_to.as_deref())
        });
        own.into_iter()
            .chain(self.child.residence_unit.as_deref())
            .chain(reports)
            .chain(passed)
            .chain(self.past_holders.iter().map(String::as_str))
            .chain(self.care.carers())
            .chain(self.transfer.iter().map(|offer| offer.asked.unit()))
    }

    /// The agencies other than communes that take part, by role and unit; where competence passed to
    /// a successor, those of both. Some may come twice.
    pub fn agencies(&self) -> impl Iterator<Item = (Role, &str)> {
        let receipts = self.reports.iter().filter_map(|report| {
            let place = &report.place_of_receipt;
            let role = match place.kind.as_str() {
                "hotline" => Role::HotlineOperator,
                "police" => Role::PoliceOfficer,
                _ => return None,
            };
            Some((role, place.unit.as_str(), &report.receipt))
        });
        let referrals = self.referrals.iter().filter_map(|referral| {
            let role = referral.role().unwrap_or(Role::ProviderWorker);
            Some((role, referral.to_unit.as_deref()?, referral.asked.as_ref()?))
        });
        let court = self.court.unit.as_deref().zip(self.court.asked.as_ref());
        let court = court.map(|(unit, asked)| (Role::CourtClerk, unit, asked));
        let stays = self.care.stays.iter();
        let facilities = stays.map(|stay| (Role::ProviderWorker, &*stay.unit, &stay.facility));
        receipts
            .chain(referrals)
            .chain(court)
            .chain(self.criminal.agencies())
            .chain(facilities)
            .flat_map(|(role, unit, seat)| [(role, unit), (role, seat.unit())])
    }

    /// Every unit that takes part in whatever way. Some may come twice.
    pub fn units(&self) -> impl Iterator<Item = &str> {
        self.communes().chain(self.agencies().map(|(_, unit)| unit))
    }

    /// Whether the officers of `role` in `unit` may know of this case because their commune or agency
    /// takes part in it, or is asked to. Not for those who see a whole province.
    #[must_use]
    pub fn concerns(&self, role: Role, unit: &str) -> bool {
        let register = Units::in_use();
        if COMMUNE.contains(&role) {
            return self
                .communes()
                .any(|concerned| register.same(concerned, unit));
        }
        let mut agencies = self.agencies();
        agencies.any(|(other, concerned)| other == role && register.same(concerned, unit))
    }

    /// Whether the commune `unit` works on this case, and is not only asked to take it.
    #[must_use]
    pub fn works(&self, unit: &str) -> bool {
        let register = Units::in_use();
        let asked = usize::from(self.asked(unit));
        let communes = self.communes().filter(|other| register.same(other, unit));
        communes.count() > asked
    }

    /// Whether `unit` is asked to take the case and has not answered.
    #[must_use]
    pub fn asked(&self, unit: &str) -> bool {
        self.transfer
            .as_ref()
            .is_some_and(|offer| Units::in_use().same(offer.asked.unit(), unit))
    }

    /// Every place in which a commune, or who received a report, answers now: holder, incident,
    /// residence, receipt, forwarding, care.
    pub fn seats(&self) -> impl Iterator<Item = &Seat> {
        let reports = self.reports.iter();
        let reports =
            reports.flat_map(|r| [&r.incident, &r.receipt].into_iter().chain(&r.forwarded));
        std::iter::once(&self.holder)
            .chain(&self.residence)
            .chain(reports)
            .chain(self.care.seats())
    }

    /// Every place in which an agency answers that was asked.
    pub fn agency_seats(&self) -> impl Iterator<Item = &Seat> {
        let referrals = self.referrals.iter();
        referrals
            .filter_map(|referral| referral.asked.as_ref())
            .chain(&self.court.asked)
            .chain(self.criminal.seats())
            .chain(self.care.stays.iter().map(|stay| &stay.facility))
    }

    pub(super) fn seats_mut(&mut self) -> impl Iterator<Item = &mut Seat> {
        let reports = self.reports.iter_mut();
        let reports = reports.flat_map(|r| {
            [&mut r.incident, &mut r.receipt]
                .into_iter()
                .chain(&mut r.forwarded)
        });
        std::iter::once(&mut self.holder)
            .chain(&mut self.residence)
            .chain(reports)
            .chain(self.care.seats_mut())
            .chain(self.transfer.iter_mut().map(|offer| &mut offer.asked))
            .chain(self.referrals.iter_mut().filter_map(|r| r.asked.as_mut()))
            .chain(&mut self.court.asked)
            .chain(self.criminal.seats_mut())
    }

    /// Who answers as holder.
    #[must_use]
    pub const fn holder(&self) -> &Seat {
        &self.holder
    }

    /// Who answers as the commune of the incident, by the latest report.
    #[must_use]
    pub fn incident(&self) -> &Seat {
        self.reports
            .last()
            .map_or(&self.holder, |report| &report.incident)
    }

    /// Who answers as the commune of residence, where it is known.
    #[must_use]
    pub const fn residence(&self) -> Option<&Seat> {
        self.residence.as_ref()
    }

    /// Who answers in this case by now for the unit `recorded`, as it was on a day: that unit itself,
    /// or the successor to which its competence passed.
    #[must_use]
    pub fn competent(&self, recorded: &str, since: NaiveDate) -> Seat {
        Seat::new(recorded, since).after(&self.passings)
    }

    /// The unit holds the case from now on.
    pub(super) fn hold(&mut self, seat: Seat) {
        seat.unit().clone_into(&mut self.holder_unit);
        self.holder = seat;
    }

    /// Code of the province of the incident at an instant.
    pub(super) fn province(&self, at: Instant) -> Option<String> {
        let province = Units::in_use().province_of(self.incident().unit(), at.date());
        province.map(|province| province.reference().to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::testing::*;

    #[test]
    fn an_agency_knows_of_what_it_takes_part_in_and_no_more() {
        let sees =
            |case: &Given, who: As| case.state().concerns(Role::parse(who.0).unwrap(), who.1);
        let case = assessed();
        assert!(sees(&case, OFFICER));
        for who in [
            POLICE,
            INVESTIGATOR,
            FORENSIC,
            HEALTH,
            CLERK,
            PROSECUTOR,
            PROVIDER,
            HOTLINE,
        ] {
            assert!(!sees(&case, who), "{who:?}");
        }
        let case = case
            .and("03-12 09:00", OFFICER, pass_crime())
            .and("03-12 10:00", OFFICER, refer("r1"))
            .and("03-12 11:00", INVESTIGATOR, exam_ordered());
        for who in [INVESTIGATOR, PROSECUTOR, HEALTH, FORENSIC] {
            assert!(sees(&case, who), "{who:?}");
        }
        // The commune where the asked service is does not learn of the case by that.
        assert!(!sees(&case, POLICE));
        let called = given().and("03-11 09:05", HOTLINE, call("03-11 09:00"));
        assert!(sees(&called, HOTLINE));
        let told = given().and("03-11 22:30", ("police-officer", OTHER), {
            with(
                crime("03-11 22:00"),
                serde_json::json!({"place_of_receipt": {"unit": OTHER}}),
            )
        });
        assert!(sees(&told, ("police-officer", OTHER)));
        assert!(!sees(&told, OTHER_OFFICER), "only its police were told");
    }

    #[test]
    fn the_court_sees_what_it_is_asked() {
        let asked = separated().and("03-18 08:00", CHAIR, ask_court());
        assert_eq!(asked.owed_by("court-order"), Some(PROVINCE.into()));
        assert!(asked.state().concerns(Role::CourtClerk, PROVINCE));
        assert!(!separated().state().concerns(Role::CourtClerk, PROVINCE));
    }
}
