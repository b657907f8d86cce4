//! Who takes part in a case: communes, and agencies by the role in which they act. Who may know of it
//! follows from that.

use chrono::NaiveDate;

use super::state::{CaseState, EndedOffer, ReferralState, ReferralStatus, ReportState, passages};
use crate::identity::Role;
use crate::law::Seat;
use crate::time::Instant;

/// What part somebody has in a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part<'a> {
    /// None, now or before.
    None,
    /// Declined a referral or had it withdrawn: keeps number, day and the own answer.
    Referral(&'a ReferralState),
    /// Did not take the case, or had the offer withdrawn: the same.
    Offer(&'a EndedOffer),
    /// Told something of it from outside, or is told that it concerns a report of which nobody knows yet
    /// whether it is the same child: sees that report, and what it records itself.
    Told,
    /// Had a part that ended: reads what stood there until this version.
    Left(i64),
    /// Takes part, or is asked to.
    Takes,
}

impl Part<'_> {
    const fn weight(&self) -> (u8, i64) {
        match self {
            Self::None => (0, 0),
            Self::Referral(_) | Self::Offer(_) => (1, 0),
            Self::Told => (2, 0),
            Self::Left(version) => (3, *version),
            Self::Takes => (4, 0),
        }
    }
}

impl CaseState {
    /// The communes whose officers and chairs take part in this case: holder, incident, residence,
    /// where it was reported, to which it was forwarded, carers, and the one that is asked to take it.
    /// Where competence passed to a successor, both. Some may come twice.
    pub fn communes(&self) -> impl Iterator<Item = &str> {
        let own = [self.responsible_commune(), self.incident_unit.as_str()];
        let passed = self
            .passings
            .iter()
            .flat_map(|passing| [passing.from.reference(), passing.to.reference()]);
        let reports = self.reports.iter().flat_map(|report| {
            let place = &report.place_of_receipt;
            let agency = matches!(place.kind.as_str(), "hotline" | "police");
            let received = (!agency && !report.from_outside).then_some(place.unit.as_str());
            let known = !report.unconfirmed_child;
            let there = known.then_some(report.incident_unit.as_str());
            let forwarded = report.forwarded_to.as_deref().filter(|_| known);
            there.into_iter().chain(received).chain(forwarded)
        });
        own.into_iter()
            .chain(self.child.residence_unit.as_deref())
            .chain(reports)
            .chain(passed)
            .chain(self.care.carers())
            .chain(self.transfer.iter().map(|offer| offer.asked.unit()))
    }

    /// The agencies other than communes that take part, by role and unit; where competence passed to
    /// a successor, those of both. Some may come twice.
    pub fn agencies(&self) -> impl Iterator<Item = (Role, &str)> {
        let seen = self.reports.iter().filter(|report| !report.from_outside);
        let receipts = seen.filter_map(|report| {
            let place = &report.place_of_receipt;
            let role = match place.kind.as_str() {
                "hotline" => Role::HotlineOperator,
                "police" => Role::PoliceOfficer,
                _ => return None,
            };
            Some((role, place.unit.as_str(), &report.receipt))
        });
        let referrals = self.referrals.iter().filter(|r| r.status.has_a_part());
        let referrals = referrals.filter_map(ReferralState::agency);
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

    /// The units whose part has ended: former holders, communes that did not take the case, agencies
    /// whose referral was declined, withdrawn or completed. Some may come twice.
    pub fn former(&self) -> impl Iterator<Item = (Part<'_>, &str)> {
        let held = self.past_holders.iter().zip(&self.left);
        let held = held.map(|(unit, version)| (Part::Left(*version), unit.as_str()));
        let offers = self.ended_offers.iter();
        let offers = offers.map(|offer| (Part::Offer(offer), offer.unit.as_str()));
        let referrals = self.referrals.iter().flat_map(|referral| {
            let part = match (referral.status, &referral.ended) {
                (ReferralStatus::Completed, Some((_, version))) => Part::Left(*version),
                (ReferralStatus::Declined | ReferralStatus::Withdrawn, Some(_)) => {
                    Part::Referral(referral)
                }
                _ => return Vec::new(),
            };
            let agency = referral.agency();
            let units = agency.map(|(_, unit, seat)| [(part, unit), (part, seat.unit())]);
            units.into_iter().flatten().collect()
        });
        let told = self.told_of().map(|(_, _, unit)| (Part::Told, unit));
        held.chain(offers).chain(referrals).chain(told)
    }

    /// Reports that were told from outside or whose child is not known to be the same, each with the
    /// role and unit that see it.
    pub fn told_of(&self) -> impl Iterator<Item = (&ReportState, Option<Role>, &str)> {
        let all = self.reports.iter().map(|report| (report, false));
        let split = self.split.iter().map(|report| (report, true));
        all.chain(split).flat_map(|(report, split)| {
            let place = &report.place_of_receipt;
            let role = match place.kind.as_str() {
                "hotline" => Some(Role::HotlineOperator),
                "police" => Some(Role::PoliceOfficer),
                _ => None,
            };
            let receipt = [place.unit.as_str(), report.receipt.unit()];
            let receipt = receipt.map(|unit| (report, role, unit));
            let receipt = receipt.into_iter().filter(|_| report.from_outside);
            let apart = report.unconfirmed_child || split;
            let there = [report.incident_unit.as_str(), report.incident.unit()];
            let there = there.into_iter().chain(report.forwarded_to.as_deref());
            let there = there.map(move |unit| (report, None, unit));
            receipt
                .chain(there.filter(move |_| apart))
                .collect::<Vec<_>>()
        })
    }

    /// Every unit that takes or took part in whatever way. Some may come twice.
    pub fn units(&self) -> impl Iterator<Item = &str> {
        let agencies = self.agencies().map(|(_, unit)| unit);
        let former = self.former().map(|(_, unit)| unit);
        self.communes().chain(agencies).chain(former)
    }

    /// What part the officers of `role` in `unit` have in this case: a commune or an agency. Not for
    /// those who see a whole province.
    #[must_use]
    pub fn part(&self, role: Role, unit: &str) -> Part<'_> {
        if self.concerns(role, unit) {
            return Part::Takes;
        }
        let register = &self.units;
        let own = |part: Part<'_>| match part {
            Part::Referral(referral) => referral.answers() == role,
            Part::Left(version) => {
                let mut referrals = self.referrals.iter();
                let completed = referrals.any(|referral| {
                    referral.answers() == role
                        && referral.ended.as_ref().is_some_and(|(_, v)| *v == version)
                });
                completed || role.is_of_commune()
            }
            Part::Offer(_) => role.is_of_commune(),
            Part::Told => self.told_of().any(|(_, whose, other)| {
                let office = whose.map_or(role.is_of_commune(), |whose| whose == role);
                office && register.same(other, unit)
            }),
            Part::None | Part::Takes => false,
        };
        let former = self
            .former()
            .filter(|(_, other)| register.same(other, unit));
        let former = former.map(|(part, _)| part).filter(|part| own(*part));
        // Who read the whole for a time and then gave only an answer keeps what they read.
        former.max_by_key(Part::weight).unwrap_or(Part::None)
    }

    /// Whether the officers of `role` in `unit` take part in this case because their commune or agency
    /// does, or is asked to. Not for those who see a whole province.
    #[must_use]
    pub fn concerns(&self, role: Role, unit: &str) -> bool {
        let register = &self.units;
        if role.is_of_commune() {
            return self
                .communes()
                .any(|concerned| register.same(concerned, unit));
        }
        let mut agencies = self.agencies();
        agencies.any(|(other, concerned)| other == role && register.same(concerned, unit))
    }

    /// Whether `unit` is asked to take the case and has not answered.
    #[must_use]
    pub fn asked(&self, unit: &str) -> bool {
        self.transfer
            .as_ref()
            .is_some_and(|offer| self.units.same(offer.asked.unit(), unit))
    }

    /// The communes of what this round is about: of its reports; where it has none, of the last one
    /// before it.
    /// Not of one that was added unseen: until it is known that it is the same child, nobody decides on
    /// this one by it. Measures of protection ask for no seat.
    pub(super) fn incidents(&self) -> impl Iterator<Item = &Seat> {
        let known = || self.reports.iter().filter(|r| !r.unconfirmed_child);
        let last = known().next_back();
        let of_round = known().filter(|r| r.cycle == self.cycle);
        of_round.chain(last).map(|report| &report.incident)
    }

    /// The communes of earlier incidents since the case was opened.
    pub(super) fn earlier_incidents(&self) -> impl Iterator<Item = &Seat> {
        let known = self.reports.iter().filter(|r| !r.unconfirmed_child);
        let opened = known.filter(|report| report.cycle >= self.opened_in_cycle);
        opened.map(|report| &report.incident)
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
        let mut known = self.reports.iter().rev();
        known
            .find(|report| !report.unconfirmed_child)
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
        Seat::new(recorded, since).after(passages(&self.passings), &self.units)
    }

    /// The unit holds the case from now on.
    pub(super) fn hold(&mut self, seat: Seat) {
        seat.unit().clone_into(&mut self.holder_unit);
        self.holder = seat;
    }

    /// Code of the province of the incident at an instant.
    pub(super) fn province(&self, at: Instant) -> Option<String> {
        let province = self.units.province_of(self.incident().unit(), at.date());
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
