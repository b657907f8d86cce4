//! The lists of the contract with their words: codes that commands carry, labels that people read.

use crate::pages::form::Choice;

macro_rules! list {
    ($(#[$doc:meta])* $name:ident, $prefix:literal: $($code:literal)*) => {
        $(#[$doc])*
        pub fn $name() -> Vec<Choice> {
            vec![$( Choice::new($code, concat!($prefix, "-", $code)), )*]
        }
    };
}

list!(/// How a report came in (form 01, part A.1).
    channels, "channel": "phone" "in-person" "third-party" "online" "other");
list!(/// Sex; "not known" is offered by the field.
    sexes, "sex": "male" "female");
list!(/// Forms of harm (Law on Children, art. 4.5 to 4.9).
    harm_forms, "harm": "violence" "exploitation" "sexual" "trafficking" "abandonment" "neglect" "other");
list!(/// Who is suspected, in relation to the child.
    relations, "relation": "parent" "step-parent" "carer" "relative" "teacher" "neighbour" "acquaintance" "peer" "stranger" "other" "unknown");
list!(/// What a verification found.
    outcomes, "outcome": "confirmed" "unclear" "unfounded");
list!(/// Emergency measures (Decree 56/2017, art. 31).
    emergency_measures, "emergency": "stop-harm" "safe-place" "medical-care" "collect-evidence" "counselling" "call-hotline");
list!(/// Agencies that take part.
    agencies, "agency": "police" "health" "education" "hotline" "justice" "legal-aid" "womens-union" "youth-union" "social-work-centre" "village");
list!(/// Agencies to which a child can be referred.
    services, "agency": "health" "education" "social-work-centre" "legal-aid" "police" "womens-union" "youth-union" "hotline" "other");
list!(/// Grounds of a temporary separation (Decree 56/2017, art. 32.1).
    separation_grounds, "choice-ground": "harmed-by-carer" "plan-refused" "risk-of-further-harm");
list!(/// Where a separated child stays.
    placements, "placement": "relative" "foster-family" "social-facility" "police" "health-facility" "being-sought" "other");
list!(/// With whom a child is after a separation.
    places_after, "placement": "parents" "relative" "foster-family" "social-facility" "other");
list!(/// What the court is asked for.
    court_requests, "court": "continue-separation" "restrict-parental-rights" "alternative-care" "other");
list!(/// What the court decided.
    court_decisions, "court": "continue-separation" "restrict-parental-rights" "alternative-care" "refused" "other");

list!(/// Why a forensic examination is to be ordered (Circular 43/2021, art. 21).
    forensic_grounds, "forensic-ground": "found" "requested-by-victim");
list!(/// What is examined.
    forensic_exams, "exam": "sexual-abuse" "injury" "age" "cause-of-death" "mental-state" "other");
list!(/// Who examines.
    forensic_bodies, "forensic-body": "health" "police");
list!(/// What is decided on a report of crime (Criminal Procedure Code, art. 147).
    crime_decisions, "crime-decision": "prosecute" "not-prosecute" "suspend");
list!(/// Who is to care for the child, in the order of the law (Law on Children, art. 62).
    carer_kinds, "carer-kind": "relatives" "non-relatives");
list!(/// Whether the parents consent (Law on Children, art. 63.1).
    consents, "placement-consent": "given" "not-needed");
list!(/// Why a placement ends (Law on Children, art. 69).
    end_grounds, "placement-end": "returned-to-family" "carer-harmed" "carer-not-eligible" "carer-asks" "child-wishes" "child-harms-household" "reached-16" "other");
list!(/// Who decides about care in a facility.
    facility_levels, "facility-level": "provincial" "commune");

/// Measures of support and intervention with their letters (Law on Children, arts 49 and 50); `dd` is
/// the letter đ.
pub const MEASURES: [(&str, &str); 12] = [
    ("49.a", "measure-49-a"),
    ("49.b", "measure-49-b"),
    ("49.c", "measure-49-c"),
    ("49.d", "measure-49-d"),
    ("50.a", "measure-50-a"),
    ("50.b", "measure-50-b"),
    ("50.c", "measure-50-c"),
    ("50.d", "measure-50-d"),
    ("50.dd", "measure-50-dd"),
    ("50.e", "measure-50-e"),
    ("50.g", "measure-50-g"),
    ("50.h", "measure-50-h"),
];

/// The measures as choices.
pub fn measures() -> Vec<Choice> {
    MEASURES
        .iter()
        .map(|(code, key)| Choice::new(*code, *key))
        .collect()
}
