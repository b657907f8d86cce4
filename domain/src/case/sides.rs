//! Each role sees its own side of a case and no other: what happened, what stands there, what is owed.
//! The lists are kept here by hand, so that a role that loses its side, or a side that opens to others,
//! changes one of them.

use std::collections::BTreeSet;

use serde_json::json;

use crate::case::Event;
use crate::case::testing::*;
use crate::identity::Role;
use crate::permit::{Viewer, sees_a_side};
use crate::unit::Units;

/// A case with something of every side: a crime with an examination and an interview, a separation on
/// which the court decides, referrals to three kinds of services, a stay in a facility, a placement.
fn many_sided() -> Given {
    let told = with(
        sexual(report("03-11 09:00")),
        json!({
            "informant": {"name": "Người báo"}, "family": "Mẹ đi làm xa",
            "child": {"address": "Thôn 1"},
        }),
    );
    let refer_to = |id: &str, kind: &str| {
        let to = json!({"kind": kind, "name": "Nơi được mời", "unit": COMMUNE});
        with(refer(id), json!({ "to_agency": to }))
    };
    let items = json!(["p1", "p2"].map(|id| item(id, "2024-03-15", "2024-04-01")));
    let for_item = with(refer("health"), json!({"item_id": "p1"}));
    reported_with(told)
        .and("03-11 10:00", OFFICER, verify("confirmed"))
        .and("03-11 11:00", OFFICER, assess(true, true))
        .and("03-11 12:00", CHAIR, measure("03-11 11:30"))
        .and("03-11 13:00", CHAIR, separate("2024-03-11", "2024-03-20"))
        .and("03-12 09:00", OFFICER, pass_crime())
        .and("03-12 10:00", INVESTIGATOR, assign_investigator())
        .and("03-12 11:00", INVESTIGATOR, exam_ordered())
        .and(
            "03-12 14:00",
            INVESTIGATOR,
            interview("03-12 13:00", "03-12 13:30"),
        )
        .and("03-12 15:00", OFFICER, detail())
        .and("03-13 09:00", CHAIR, meet())
        .and("03-13 10:00", OFFICER, submit_items(items))
        .and("03-13 11:00", CHAIR, approve())
        .and("03-14 09:00", OFFICER, for_item)
        .and("03-14 09:10", OFFICER, refer_to("school", "education"))
        .and("03-14 09:20", OFFICER, refer_to("law", "legal-aid"))
        .and("03-14 10:00", HEALTH, answer("accept-referral", "health"))
        .and("03-14 11:00", CHAIR, admit())
        .and("03-15 09:00", PROVIDER, list_child())
        .and("03-15 10:00", OFFICER, visit("03-15 09:30"))
        .and("03-15 11:00", OFFICER, note())
        .and("03-15 12:00", OFFICER, document())
        .and("03-18 08:00", CHAIR, ask_court())
        .and("03-18 09:00", OFFICER, propose_placement(OTHER))
}

/// Somebody of each role who takes part, or looks at what lies in their province.
const VIEWERS: [(Role, &str); 14] = [
    (Role::HotlineOperator, PROVINCE),
    (Role::CommuneOfficer, COMMUNE),
    (Role::CommuneChair, COMMUNE),
    (Role::PoliceOfficer, PROVINCE),
    (Role::HealthWorker, COMMUNE),
    (Role::EducationWorker, COMMUNE),
    (Role::LegalAidWorker, COMMUNE),
    (Role::Prosecutor, PROVINCE),
    (Role::CourtClerk, PROVINCE),
    (Role::ProviderWorker, PROVINCE),
    (Role::ProvincialOfficer, PROVINCE),
    (Role::Inspector, PROVINCE),
    (Role::Analyst, PROVINCE),
    (Role::Administrator, PROVINCE),
];

/// What each role that sees a side reads of [`many_sided`]; all others read all.
fn side_of(role: Role) -> Option<&'static [&'static str]> {
    const CRIMINAL: &[&str] = &[
        "ReportReceived",
        "CrimeReportPassed",
        "InvestigatorAssigned",
        "ForensicExamOrdered",
        "InterviewRecorded",
    ];
    const REFERRED: &[&str] = &["ReportReceived", "ReferralMade"];
    match role {
        Role::PoliceOfficer | Role::Prosecutor => Some(CRIMINAL),
        Role::HealthWorker => Some(&[
            "ReportReceived",
            "ForensicExamOrdered",
            "ReferralMade",
            "ReferralAccepted",
        ]),
        Role::EducationWorker | Role::LegalAidWorker => Some(REFERRED),
        Role::ProviderWorker => {
            Some(&["ReportReceived", "AdmittedToFacility", "ListedForPlacement"])
        }
        Role::CourtClerk => Some(&["ReportReceived", "SeparationOrdered", "CourtOrderRequested"]),
        Role::HotlineOperator
        | Role::CommuneOfficer
        | Role::CommuneChair
        | Role::ProvincialOfficer
        | Role::Inspector
        | Role::Analyst
        | Role::Administrator
        | Role::System => None,
    }
}

fn looking(role: Role, unit: &str) -> Viewer<'_> {
    Viewer {
        role,
        unit,
        units: Units::shipped(),
    }
}

/// The types of events that the viewer reads.
fn read(case: &Given, (role, unit): (Role, &str)) -> Vec<&'static str> {
    let viewer = looking(role, unit);
    let history = case.history();
    let seen = history
        .iter()
        .filter_map(|event| viewer.event(case.state(), event, history));
    seen.map(|event| event.event.event_type()).collect()
}

#[test]
fn each_role_reads_its_own_side_and_the_others_read_all() {
    let case = many_sided();
    let all: Vec<_> = case
        .history()
        .iter()
        .map(|e| e.event.event_type())
        .collect();
    for viewer in VIEWERS {
        let side = side_of(viewer.0);
        assert_eq!(sees_a_side(viewer.0), side.is_some(), "{viewer:?}");
        let expected = side.map_or(all.clone(), <[_]>::to_vec);
        assert_eq!(read(&case, viewer), expected, "{viewer:?}");
    }
    assert_eq!(VIEWERS.map(|(role, _)| role), Role::PEOPLE, "each role");
}

#[test]
fn what_was_told_of_family_is_for_who_sees_all_and_words_are_for_the_criminal_side() {
    let case = many_sided();
    for (role, unit) in VIEWERS {
        let viewer = looking(role, unit);
        let report = &case.history()[0];
        let seen = viewer.event(case.state(), report, case.history()).unwrap();
        let Event::ReportReceived(report) = seen.event else {
            panic!("{seen:?}");
        };
        let reads_words = match role {
            Role::PoliceOfficer | Role::Prosecutor => true,
            role => side_of(role).is_none(),
        };
        assert_eq!(report.personal.is_some(), reads_words, "{role:?}");
        let family = report.personal.and_then(|personal| personal.family);
        assert_eq!(family.is_some(), side_of(role).is_none(), "{role:?}");
    }
}

/// What stands in the state of a case for somebody: the parts that are not for everybody.
fn stands((role, unit): (Role, &str)) -> BTreeSet<&'static str> {
    let case = many_sided();
    let viewer = looking(role, unit);
    let state = viewer.state(case.state().clone(), case.history());
    let parts = [
        ("address", state.child.address.is_some()),
        ("verification", state.verification.is_some()),
        ("assessment", state.initial_assessment.is_some()),
        ("detail", state.detailed_assessment.is_some()),
        ("meeting", state.case_meeting.is_some()),
        ("measures", !state.emergency_measures.is_empty()),
        ("visit", state.last_visit.is_some()),
        ("documents", !state.documents.is_empty()),
        ("notes", state.notes > 0),
        ("plan", state.plan.is_some()),
        ("crime", state.criminal != Default::default()),
        ("separation", !state.separations.is_empty()),
        ("court", state.court.asked.is_some()),
        ("stay", !state.care.stays.is_empty()),
        ("placement", !state.care.placements.is_empty()),
    ];
    let there = parts.into_iter().filter(|(_, there)| *there);
    there.map(|(name, _)| name).collect()
}

#[test]
fn the_state_holds_what_is_of_ones_own_side() {
    for viewer in VIEWERS {
        let expected: Option<&[&str]> = match viewer.0 {
            Role::PoliceOfficer | Role::Prosecutor => Some(&["address", "crime"]),
            Role::HealthWorker => Some(&["crime", "plan"]),
            Role::CourtClerk => Some(&["address", "court", "separation"]),
            Role::EducationWorker | Role::LegalAidWorker => Some(&[]),
            Role::ProviderWorker => Some(&["placement", "stay"]),
            role => {
                assert_eq!(side_of(role), None, "{role:?}");
                None
            }
        };
        let stands = stands(viewer);
        match expected {
            Some(expected) => {
                assert_eq!(
                    stands.into_iter().collect::<Vec<_>>(),
                    expected,
                    "{viewer:?}"
                );
            }
            None => assert_eq!(stands.len(), 15, "{viewer:?} {stands:?}"),
        }
    }
}

#[test]
fn of_the_plan_an_agency_sees_the_items_for_which_it_was_asked() {
    let case = many_sided();
    let viewer = looking(Role::HealthWorker, COMMUNE);
    let state = viewer.state(case.state().clone(), case.history());
    let plan = state.plan.unwrap();
    let items: Vec<_> = plan
        .items
        .iter()
        .map(|item| item.facts.id.as_str())
        .collect();
    assert_eq!(items, ["p1"]);
    assert_eq!(plan.goals, None);
    assert_eq!(state.plan_until_approval.map(|plan| plan.items.len()), None);
}

/// The steps that are owed on 19 March and shown to the viewer.
fn shown(case: &Given, (role, unit): (Role, &str)) -> Vec<String> {
    let viewer = looking(role, unit);
    let owed = case.obligations("03-19 09:00").into_iter();
    let shown = owed.filter(|owed| viewer.concerned(case.state(), owed));
    shown.map(|owed| owed.step).collect()
}

#[test]
fn what_a_side_owes_is_shown_to_it_and_to_who_sees_all() {
    let case = many_sided();
    let all = case.obligations("03-19 09:00");
    let criminal = all.iter().filter(|owed| owed.procedure == "crime-report");
    let criminal: Vec<_> = criminal.map(|owed| owed.step.as_str()).collect();
    assert!(criminal.len() > 3, "{criminal:?}");
    for viewer in VIEWERS {
        let shown = shown(&case, viewer);
        let expected: &[&str] = match viewer.0 {
            Role::PoliceOfficer | Role::Prosecutor => &criminal,
            Role::HealthWorker | Role::EducationWorker | Role::LegalAidWorker => {
                &["referral-response"]
            }
            Role::CourtClerk => &["court-order"],
            Role::ProviderWorker => &[
                "complete-admission-papers",
                "end-facility-stay",
                "appraise-listing",
            ],
            role => {
                assert_eq!(side_of(role), None);
                assert_eq!(shown.len(), all.len(), "{viewer:?}");
                continue;
            }
        };
        assert_eq!(shown, expected, "{viewer:?}");
    }
}
