//! `receive-report`: a place of receipt writes down what it was told (form 01; Decree 56/2017,
//! art. 25.1).

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use super::{Example, Gate, OnClosed, Rule};
use crate::case::codes;
use crate::case::competent::may;
use crate::case::decide::Case;
use crate::case::event::Split;
use crate::case::events::closing::ReopenedFacts;
use crate::case::events::report::{
    ChildFacts, ChildPersonal, Family, HarmCategory, HarmerFacts, HarmerPersonal, IncidentFacts,
    IncidentPersonal, Informant, PlaceOfReceipt, ReportFacts, ReportPersonal, SuspectedHarm,
};
use crate::case::succession::by_register;
use crate::case::{About, CaseState, Context, Event, Part, Rejection, Sitting, Status};
use crate::identity::{Birth, PersonalId, Role, Sex};
use crate::text::{Code, Line, Prose};
use crate::time::{Instant, Moment};
use crate::unit::{Fate, Unit, UnitReference};

/// The child, as told.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Child {
    pub name: Option<Line>,
    pub birth: Option<Birth>,
    pub sex: Sex,
    pub personal_id: Option<PersonalId>,
    #[schemars(with = "Option<UnitReference>")]
    pub residence_unit: Option<String>,
    pub address: Option<Line>,
}

/// What happened, as told.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Incident {
    #[schemars(with = "UnitReference")]
    pub unit: String,
    pub description: Prose,
    pub happened_at: Option<Moment>,
    pub place: Option<Line>,
}

/// A form of harm that is suspected, also in the informant's own words.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Harm {
    #[schemars(with = "codes::HarmForm")]
    pub form: Code,
    #[schemars(with = "Option<codes::HarmKind>")]
    pub subtype: Option<Code>,
    pub category: Option<HarmCategory>,
    pub words: Option<Line>,
}

/// Who is suspected.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SuspectedHarmer {
    pub relation: Code,
    pub name: Option<Line>,
    pub note: Option<Prose>,
}

/// A place of receipt was told something. `condition` is the state of the child, left out where nobody
/// knows it; `danger_now` is set where the place of receipt sees danger to life, health or dignity,
/// `crime_suspected` where it sees signs of a crime.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "field names are those of the contract")]
pub struct ReceiveReport {
    pub received_at: Instant,
    pub channel: Code,
    pub place_of_receipt: PlaceOfReceipt,
    pub informant: Option<Informant>,
    pub child: Child,
    pub incident: Incident,
    #[schemars(length(min = 1, max = 20))]
    pub suspected_harm: Vec<Harm>,
    pub suspected_harmer: SuspectedHarmer,
    pub condition: Option<Prose>,
    pub family: Option<Family>,
    pub consequences: Option<Prose>,
    pub support_given: Option<Prose>,
    pub online_related: Option<bool>,
    pub danger_now: Option<bool>,
    pub crime_suspected: Option<bool>,
}

impl Harm {
    fn facts(&self) -> SuspectedHarm {
        SuspectedHarm {
            form: self.form.clone(),
            subtype: self.subtype.clone(),
            category: self.category,
        }
    }
}

impl Example for ReceiveReport {
    fn example() -> Value {
        json!({
            "received_at": "2024-03-18T09:00:00+07:00",
            "channel": "in-person",
            "place_of_receipt": {"kind": "commune", "unit": "19111"},
            "child": {"name": "Nguyễn Thị Thử", "sex": "female", "residence_unit": "19111",
                "birth": {"date": "2014-05-17"}},
            "incident": {"unit": "19111", "description": "Hàng xóm nghe tiếng trẻ bị đánh"},
            "suspected_harm": [{"form": "violence"}],
            "suspected_harmer": {"relation": "other"},
            "condition": "Có vết bầm ở tay",
        })
    }
}

impl Gate for ReceiveReport {
    fn instant_field() -> Option<&'static str> {
        Some("/received_at")
    }

    fn begins_a_case() -> bool {
        true
    }

    /// Who may reopen a closed case reopens it first. The report of anybody else is not turned away:
    /// it opens the case again.
    fn on_closed_case(state: &CaseState, context: &Context<'_>) -> OnClosed {
        match may("reopen-case", state, &About::default(), context) {
            true => OnClosed::Refused,
            false => OnClosed::Taken,
        }
    }
}

impl Rule for ReceiveReport {
    fn own_instant(&self) -> Option<Instant> {
        Some(self.received_at)
    }

    fn decide(
        &self,
        case: Option<Case<'_>>,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        codes::place_of_receipt(&self.place_of_receipt.kind, "/place_of_receipt/kind")?;
        context.standing(&self.place_of_receipt.unit, false, "/place_of_receipt/unit")?;
        context.unit(&self.incident.unit, true, "/incident/unit")?;
        if let Some(unit) = &self.child.residence_unit {
            context.unit(unit, false, "/child/residence_unit")?;
        }
        self.check_times(context)?;
        self.check_harm()?;
        if self
            .informant
            .as_ref()
            .is_some_and(|informant| informant.consent == Some(false))
        {
            return Err(Rejection::field(
                "/informant",
                "informant-did-not-agree",
                "Người báo tin không đồng ý nêu tên thì không ghi thông tin của họ.",
                "The informant did not agree to be named: leave out who told.",
            ));
        }
        let unseen = case.is_some_and(|case| is_stranger(case.state, context));
        let mut events = vec![self.event(unseen)];
        // Whether it is about the child of the case nobody knows: who answers opens it again.
        if !unseen && case.is_some_and(|case| case.state.status == Status::Closed) {
            let facts = ReopenedFacts {
                reason: Code::parse("new-report").ok(),
            };
            events.insert(
                0,
                Event::CaseReopened(Split {
                    facts,
                    personal: None,
                }),
            );
        }
        events.extend(self.passed_by_law(context));
        Ok(events)
    }
}

impl ReceiveReport {
    /// A commune of incident or residence that no longer existed when the report was received is
    /// read as of the day on which it happened; what it would have to do passes to its successor at
    /// once. Of a divided one, a person has to say to which part.
    fn passed_by_law(&self, context: &Context<'_>) -> Vec<Event> {
        let received = self.received_at.date();
        let happened = self.incident.happened_at.map_or(received, Moment::date);
        let named = [
            Some(&self.incident.unit),
            self.child.residence_unit.as_ref(),
        ];
        let mut ended: Vec<&Unit> = Vec::new();
        for unit in named.into_iter().flatten() {
            let at_receipt = context.units.find(unit, received);
            if at_receipt.is_none_or(|unit| !unit.ended(received)) {
                continue;
            }
            let unit = context.units.find(unit, happened).or(at_receipt);
            ended.extend(unit.filter(|unit| !ended.contains(unit)));
        }
        let passed = ended.into_iter().filter_map(|from| {
            match context.units.current(&from.id, received, received) {
                Some(Fate::Whole(to)) => by_register(from, to),
                _ => None,
            }
        });
        passed.collect()
    }

    fn check_times(&self, context: &Context<'_>) -> Result<(), Rejection> {
        if let Some(happened) = self.incident.happened_at {
            context.not_in_future(happened.earliest(), "/incident/happened_at")?;
            if happened.earliest() > self.received_at {
                return Err(Rejection::field(
                    "/incident/happened_at",
                    "after-the-receipt",
                    "Việc xảy ra không thể sau lúc tiếp nhận thông tin. Hãy kiểm tra hai thời điểm.",
                    "It cannot have happened after the report was received. Check both times.",
                ));
            }
        }
        match self.child.birth {
            Some(Birth::Date(born)) if born.0 > self.received_at.date() => Err(Rejection::field(
                "/child/birth/date",
                "in-the-future",
                "Ngày sinh sau ngày tiếp nhận. Hãy kiểm tra lại.",
                "The date of birth lies after the receipt. Check it.",
            )),
            Some(Birth::EstimatedAges(ages)) if ages.from > ages.to => Err(Rejection::field(
                "/child/birth/estimated_ages",
                "end-before-start",
                "Tuổi thấp nhất lớn hơn tuổi cao nhất. Hãy kiểm tra lại.",
                "The lowest age is above the highest. Check both.",
            )),
            _ => Ok(()),
        }
    }

    fn check_harm(&self) -> Result<(), Rejection> {
        if !(1..=20).contains(&self.suspected_harm.len()) {
            return Err(Rejection::field(
                "/suspected_harm",
                "wrong-length",
                "Hãy chọn ít nhất một hình thức xâm hại hoặc nguy cơ.",
                "Choose at least one form of harm or risk.",
            ));
        }
        for (row, harm) in self.suspected_harm.iter().enumerate() {
            let field = |name: &str| format!("/suspected_harm/{row}/{name}");
            codes::harm(&harm.form, harm.subtype.as_ref(), field)?;
        }
        Ok(())
    }

    /// Whether the person was 16 or older by date of birth on the day on which it happened: then Decree
    /// 56/2017 does not apply. Neither a guess nor a day that nobody told decides.
    fn aged_16(&self) -> bool {
        let Some(Birth::Date(_)) = self.child.birth else {
            return false;
        };
        let age = self.child.birth.zip(self.incident.happened_at);
        age.is_some_and(|(birth, happened)| birth.age_on(happened.date()) >= 16)
    }

    fn harm_words(&self) -> Vec<Option<Line>> {
        let words: Vec<_> = self
            .suspected_harm
            .iter()
            .map(|h| h.words.clone())
            .collect();
        if words.iter().all(Option::is_none) {
            return Vec::new();
        }
        words
    }

    fn event(&self, unseen: bool) -> Event {
        let child = &self.child;
        let harmer = &self.suspected_harmer;
        let day = self.received_at.date();
        Event::ReportReceived(Split {
            facts: ReportFacts {
                received_at: self.received_at,
                channel: self.channel.clone(),
                place_of_receipt: self.place_of_receipt.clone(),
                child: ChildFacts {
                    sex: child.sex,
                    birth_year: child.birth.map(|birth| birth.year(day)),
                    residence_unit: child.residence_unit.clone(),
                },
                incident: IncidentFacts {
                    unit: self.incident.unit.clone(),
                    happened_at: self.incident.happened_at,
                },
                suspected_harm: self.suspected_harm.iter().map(Harm::facts).collect(),
                suspected_harmer: HarmerFacts {
                    relation: harmer.relation.clone(),
                },
                online_related: self.online_related,
                danger_now: self.danger_now.unwrap_or(false),
                crime_suspected: self.crime_suspected.unwrap_or(false),
                aged_16: self.aged_16(),
                unseen,
                same: None,
                answered: None,
                settled: false,
            },
            personal: Some(ReportPersonal {
                child: ChildPersonal {
                    name: child.name.clone(),
                    birth: child.birth,
                    personal_id: child.personal_id.clone(),
                    address: child.address.clone(),
                },
                incident: IncidentPersonal {
                    description: self.incident.description.clone(),
                    place: self.incident.place.clone(),
                },
                condition: self.condition.as_ref().map(Prose::note).unwrap_or_default(),
                informant: self.informant.clone(),
                suspected_harmer: (harmer.name.is_some() || harmer.note.is_some()).then(|| {
                    HarmerPersonal {
                        name: harmer.name.clone(),
                        note: harmer.note.clone(),
                    }
                }),
                family: self.family.clone(),
                consequences: self.consequences.clone(),
                support_given: self.support_given.clone(),
                harm_words: self.harm_words(),
            }),
        })
    }
}

/// Whether somebody who adds a report to the case has never seen it: then its child may be another one.
fn is_stranger(state: &CaseState, context: &Context<'_>) -> bool {
    let role = context.actor.role;
    let unit = context.actor.unit.as_deref().unwrap_or_default();
    if role != Role::ProvincialOfficer {
        return matches!(state.part(role, unit), Part::None | Part::Told);
    }
    let sitting = Sitting {
        state,
        role,
        unit,
        at: context.now,
        units: context.units,
    };
    !sitting.takes_part()
}

#[cfg(test)]
mod tests {
    use crate::case::testing::*;
    use serde_json::json;

    /// The command with some of its fields replaced, the birth as a whole.
    fn replaced(mut told: serde_json::Value, patch: serde_json::Value) -> serde_json::Value {
        if patch.pointer("/child/birth").is_some() {
            told["child"]["birth"] = serde_json::Value::Null;
        }
        with(told, patch)
    }

    #[test]
    fn a_report_begins_a_case() {
        let case = given()
            .when("03-11 09:30", OFFICER, report("03-11 09:00"))
            .then(&["ReportReceived"]);
        assert_eq!(case.open(), ["verify-report", "initial-assessment"]);
        assert_eq!(case.obligation("record-report", "03-11 10:00"), "met -");
        let call = given()
            .when("03-11 09:30", HOTLINE, call("03-11 09:00"))
            .then(&["ReportReceived"]);
        assert_eq!(call.open(), ["forward-report", "verify-report"]);
    }

    #[test]
    fn danger_opens_the_twelve_hours_at_once() {
        let case = given().and("03-11 23:00", HOTLINE, danger(call("03-11 22:40")));
        assert_eq!(
            case.obligation("emergency-measure", "03-12 00:00"),
            "open 03-12 10:40"
        );
    }

    #[test]
    fn what_is_not_known_may_be_left_out() {
        let mut bare = report("03-11 09:00");
        bare["child"] = json!({"sex": "unknown"});
        bare.as_object_mut().unwrap().remove("condition");
        given()
            .when("03-11 09:00", OFFICER, bare)
            .then(&["ReportReceived"]);
    }

    #[test]
    fn what_cannot_be_is_refused_with_its_field() {
        for (patch, code, pointer) in [
            (
                json!({"incident": {"unit": "99999"}}),
                "unknown-unit",
                "/incident/unit",
            ),
            (
                json!({"incident": {"unit": "44"}}),
                "not-a-commune",
                "/incident/unit",
            ),
            (
                json!({"place_of_receipt": {"unit": "x"}}),
                "unknown-unit",
                "/place_of_receipt/unit",
            ),
            (
                json!({"child": {"residence_unit": "99999"}}),
                "unknown-unit",
                "/child/residence_unit",
            ),
            (
                json!({"suspected_harm": []}),
                "wrong-length",
                "/suspected_harm",
            ),
            (
                json!({"informant": {"name": "Trần Văn Mẫu", "consent": false}}),
                "informant-did-not-agree",
                "/informant",
            ),
            (
                json!({"incident": {"happened_at": "2024-03-12"}}),
                "in-the-future",
                "/incident/happened_at",
            ),
            (
                json!({"incident": {"happened_at": t("03-11 09:30")}}),
                "after-the-receipt",
                "/incident/happened_at",
            ),
            (
                json!({"child": {"birth": {"date": "2024-03-12"}}}),
                "in-the-future",
                "/child/birth/date",
            ),
            (
                json!({"child": {"birth": {"estimated_ages": {"from": 14, "to": 12}}}}),
                "end-before-start",
                "/child/birth/estimated_ages",
            ),
            (
                json!({"place_of_receipt": {"kind": "shop"}}),
                "unknown-value",
                "/place_of_receipt/kind",
            ),
            (
                json!({"suspected_harm": [{"form": "noise"}]}),
                "unknown-value",
                "/suspected_harm/0/form",
            ),
            (
                json!({"suspected_harm": [{"form": "sexual", "subtype": "beating"}]}),
                "unknown-value",
                "/suspected_harm/0/subtype",
            ),
            (
                json!({"received_at": t("03-11 11:00")}),
                "in-the-future",
                "/received_at",
            ),
        ] {
            given()
                .when(
                    "03-11 10:00",
                    OFFICER,
                    replaced(report("03-11 09:00"), patch),
                )
                .then_refused_at(code, pointer);
        }
    }

    #[test]
    fn no_report_is_turned_away_for_a_channel_or_a_relation_that_no_list_knows() {
        let told = |patch| given().when("03-11 10:00", OFFICER, with(report("03-11 09:00"), patch));
        told(json!({"suspected_harmer": {"relation": "step-uncle"}})).then(&["ReportReceived"]);
        told(json!({"channel": "loudspeaker"})).then(&["ReportReceived"]);
    }

    #[test]
    fn an_empty_condition_is_refused_and_one_that_is_left_out_is_not() {
        let told = |patch| given().when("03-11 10:00", OFFICER, with(report("03-11 09:00"), patch));
        // Who does not know it leaves it out, and corrects the rest.
        told(json!({"condition": " "})).then_refused("empty");
        let mut bare = report("03-11 09:00");
        bare.as_object_mut().unwrap().remove("condition");
        let bare = given().and("03-11 10:00", OFFICER, bare);
        let id = bare.event("ReportReceived");
        for (path, value) in [
            ("/child/name", json!("Lê Thị Mẫu")),
            ("/condition", json!("Có vết bầm ở tay")),
        ] {
            bare.when("03-11 11:00", OFFICER, correct(id, path, value))
                .then(&["FactCorrected"]);
        }
    }

    #[test]
    fn whoever_cares_for_the_child_and_is_suspected_is_asked_about() {
        for (relation, asked) in [
            ("step-father", true),
            ("step-parent", true),
            ("guardian", true),
            ("neighbour", false),
        ] {
            let told = with(
                report("03-11 09:00"),
                json!({"suspected_harmer": {"relation": relation}}),
            );
            let case = reported_with(told).and("03-11 11:00", OFFICER, assess(false, false));
            let open = case.open().contains(&"answer-contradiction".to_owned());
            assert_eq!(open, asked, "{relation}");
        }
    }

    /// The report with another date of birth, or none at all.
    fn born(birth: serde_json::Value) -> serde_json::Value {
        let mut told = report("03-11 09:00");
        told["child"]["birth"] = birth;
        told
    }

    #[test]
    fn sixteen_by_date_of_birth_on_the_day_it_happened_is_outside_the_decree() {
        let told = |birth: &str, happened: &str| {
            let happened = json!({"incident": {"happened_at": happened}});
            with(born(json!({"date": birth})), happened)
        };
        let child = given().and("03-11 10:00", OFFICER, told("2008-03-12", "2024-03-11"));
        assert!(!child.state().outside_decree());
        let child = given().and("03-11 10:00", OFFICER, told("2008-03-11", "2024-03-10"));
        assert!(!child.state().outside_decree());
        let sixteen = told("2008-03-11", "2024-03-11");
        let outside = given().and("03-11 10:00", OFFICER, danger(sixteen));
        assert!(outside.state().outside_decree());
        assert_eq!(outside.state().under_18(), Some(true));
        assert_eq!(outside.open(), ["close-case"]);
        outside
            .when("03-11 11:00", OFFICER, assess(true, true))
            .then_refused("outside-decree");
        let closed = outside.and("03-11 12:00", CHAIR, close("reached-16"));
        assert_eq!(closed.open(), ["archive"]);
        let adult = sexual(told("2000-03-11", "2024-03-01"));
        let adult = given().and("03-11 10:00", OFFICER, adult);
        assert_eq!(adult.state().under_18(), Some(false));
        assert_eq!(adult.open(), ["close-case", "tell-police"]);
    }

    #[test]
    fn a_day_that_nobody_told_makes_nobody_16_and_is_asked_for() {
        // An adult tells of their childhood; somebody of sixteen is in danger.
        for birth in ["1990-05-17", "2008-03-11"] {
            let told = danger(born(json!({"date": birth})));
            let case = given().and("03-11 10:00", OFFICER, told);
            assert!(!case.state().outside_decree());
            assert_eq!(
                case.obligation("emergency-measure", "03-11 11:00"),
                "open 03-11 21:00"
            );
            let asked = |case: &Given| case.open().contains(&"say-when-it-happened".to_owned());
            assert!(asked(&case));
            assert_eq!(case.owed_by("say-when-it-happened"), Some(COMMUNE.into()));
            case.when("03-11 10:30", OFFICER, assess(true, true))
                .then(&["InitialAssessmentRecorded"]);
            // A day in childhood: it goes on as for any child. A day after it: somebody is asked.
            let id = case.event("ReportReceived");
            let day = |day: &str| correct(id, "/incident/happened_at", json!(day));
            let child = case.and("03-11 11:00", OFFICER, day("2003-04-01"));
            assert!(!child.state().outside_decree() && !asked(&child));
            let older = case.and("03-11 11:00", OFFICER, day("2024-03-11"));
            assert!(older.state().outside_decree() && !asked(&older));
            assert!(older.open().contains(&"answer-contradiction".to_owned()));
            // And taking the day back does not take the Decree away.
            let back = correct(id, "/incident/happened_at", json!(null));
            let within = older.and("03-11 12:00", OFFICER, back);
            assert!(!within.state().outside_decree() && asked(&within));
        }
        let child = given().and("03-11 10:00", OFFICER, report("03-11 09:00"));
        assert!(!child.open().contains(&"say-when-it-happened".to_owned()));
        // A guess asks for nothing.
        let guess = born(json!({"estimated_age": 25}));
        let guessed = given().and("03-11 10:00", OFFICER, guess);
        assert!(!guessed.open().contains(&"say-when-it-happened".to_owned()));
    }

    #[test]
    fn a_guess_of_age_never_turns_a_report_away() {
        for guess in [
            json!({"estimated_age": 16}),
            json!({"estimated_age": 25}),
            json!({"estimated_ages": {"from": 15, "to": 19}}),
            json!({"estimated_ages": {"from": 17, "to": 19}}),
        ] {
            let case = given().and("03-11 10:00", OFFICER, danger(born(guess)));
            assert!(!case.state().outside_decree());
            assert_eq!(
                case.obligation("emergency-measure", "03-11 10:00"),
                "open 03-11 21:00"
            );
        }
    }

    /// Told by the hotline, found unfounded at ten and closed at eleven.
    fn closed_as_unfounded() -> Given {
        given()
            .and("03-11 09:05", HOTLINE, call("03-11 09:00"))
            .and("03-11 09:10", HOTLINE, forward(COMMUNE))
            .and("03-11 10:00", OFFICER, verify("unfounded"))
            .and("03-11 11:00", CHAIR, close("unfounded"))
    }

    #[test]
    fn a_report_opens_a_closed_case_again_where_nobody_else_can() {
        let closed = closed_as_unfounded();
        closed
            .when("03-12 09:00", OFFICER, danger(report("03-12 09:00")))
            .then_refused("case-closed");
        let opened = closed
            .when("03-12 09:05", HOTLINE, danger(call("03-12 09:00")))
            .then(&["CaseReopened", "ReportReceived"]);
        assert_eq!(
            opened.obligation("emergency-measure", "03-12 10:00"),
            "open 03-12 21:00"
        );
        // Who has not seen the case may mean another child: the answer opens it.
        let unseen = closed
            .when(
                "03-12 09:05",
                ELSEWHERE,
                danger(from_elsewhere("03-12 09:00")),
            )
            .then(&["ReportReceived"]);
        assert_eq!(
            unseen.obligation("emergency-measure", "03-12 10:00"),
            "open 03-12 21:00"
        );
    }

    /// The hotline of another province.
    const ELSEWHERE: As = ("hotline-operator", "01");

    fn from_elsewhere(received: &str) -> serde_json::Value {
        with(call(received), json!({"place_of_receipt": {"unit": "01"}}))
    }

    #[test]
    fn a_report_that_was_received_before_the_closing_and_written_down_after_it_is_taken() {
        // Received at ten, closed at eleven, written down at noon.
        let closed = closed_as_unfounded();
        let opened = closed
            .when("03-11 12:00", HOTLINE, danger(call("03-11 10:00")))
            .then(&["CaseReopened", "ReportReceived"]);
        assert_eq!(
            opened.obligation("emergency-measure", "03-11 12:00"),
            "open 03-11 22:00"
        );
        assert_eq!(opened.state().received_at.to_string(), t("03-11 10:00"));
        let unseen = closed.and(
            "03-11 12:00",
            ELSEWHERE,
            danger(from_elsewhere("03-11 10:00")),
        );
        let id = unseen.event("ReportReceived");
        let opened = unseen.and("03-11 12:30", OFFICER, answer_same_child(id, true));
        assert_eq!(
            opened.obligation("emergency-measure", "03-11 13:00"),
            "open 03-11 22:00"
        );
        assert_eq!(opened.state().received_at.to_string(), t("03-11 10:00"));
    }

    #[test]
    fn outside_the_decree_only_police_duties_advice_and_closing_are_left() {
        let told = with(
            born(json!({"date": "2007-03-11"})),
            json!({"crime_suspected": true, "incident": {"happened_at": "2024-03-11"}}),
        );
        let outside = given().and("03-11 10:00", OFFICER, told);
        assert_eq!(outside.state().under_18(), Some(true));
        for (who, command) in [
            (OFFICER, assess(true, true)),
            (CHAIR, separate("2024-03-12", "2024-03-14")),
            (OFFICER, detail()),
            (CHAIR, meet()),
            (OFFICER, submit()),
        ] {
            outside
                .when("03-12 09:00", who, command)
                .then_refused("outside-decree");
        }
        let passed = outside.and("03-11 11:00", OFFICER, pass_crime());
        assert!(passed.open().contains(&"decide-crime-report".to_owned()));
        let noted = passed.and("03-11 12:00", OFFICER, note());
        noted
            .when("03-12 09:00", CHAIR, close("reached-16"))
            .then(&["CaseClosed"]);
        // A date of birth that was wrong is corrected, and the procedure begins.
        let id = outside.event("ReportReceived");
        let birth = correct(id, "/child/birth", json!({"date": "2010-03-11"}));
        outside
            .and("03-12 09:00", OFFICER, birth)
            .when("03-12 10:00", OFFICER, assess(true, true))
            .then(&["InitialAssessmentRecorded"]);
    }

    #[test]
    fn an_estimate_ends_nothing_and_of_a_range_the_lowest_counts() {
        for guess in [
            json!({"estimated_age": 20}),
            json!({"estimated_ages": {"from": 17, "to": 25}}),
        ] {
            let case = given().and("03-11 10:00", OFFICER, born(guess)).and(
                "03-11 11:00",
                OFFICER,
                verify("confirmed"),
            );
            assert_eq!(case.state().under_18(), None);
            case.when("03-12 09:00", CHAIR, close("reached-16"))
                .then_refused("birth-not-known");
        }
        let range = born(json!({"estimated_ages": {"from": 9, "to": 14}}));
        let case = given().and("03-11 10:00", OFFICER, range);
        assert_eq!(case.state().child.birth_year, Some(2015));
    }

    #[test]
    fn only_a_place_of_receipt_records_a_report() {
        for who in [HEALTH, INSPECTOR, CLERK] {
            given()
                .when("03-11 10:00", who, report("03-11 09:00"))
                .then_refused("role-may-not");
        }
    }
}
