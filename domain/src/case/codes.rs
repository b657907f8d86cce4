//! The closed lists of the law that reports use. A code that stands in none of them is refused and the
//! list is named; one's own words have a field of their own. Lists that the law leaves open are
//! elsewhere and take words.

use std::collections::BTreeSet;

use super::Rejection;
use crate::text::{Code, Term};

/// Kinds of places of receipt (Decree 56/2017, art. 25.1; since 1/3/2025 the health agency in place of
/// the labour agency).
pub const PLACES_OF_RECEIPT: &[&str] = &[
    "hotline",
    "commune",
    "police",
    "health-agency",
    "labour-agency",
    "health",
    "labour",
];

/// Parents and those who care for the child, in relation to it: where one of them is suspected, the question
/// whether the carer is the one who harms is asked twice.
pub const CARERS: &[&str] = &[
    "parent",
    "parents",
    "father",
    "mother",
    "step-parent",
    "step-father",
    "step-mother",
    "adoptive-parent",
    "foster-parent",
    "guardian",
    "carer",
    "caregiver",
];

/// Forms of harm with the kinds that the law tells apart (Law on Children, arts 4.5 to 4.9).
pub const HARM_FORMS: &[(&str, &[&str])] = &[
    (
        "violence",
        &[
            "ill-treatment",
            "beating",
            "bodily-harm",
            "insult",
            "isolation",
            "expulsion",
            "other",
        ],
    ),
    (
        "exploitation",
        &[
            "unlawful-labour",
            "pornography",
            "sex-tourism",
            "prostitution",
            "other-profit",
            "other",
        ],
    ),
    (
        "sexual",
        &[
            "rape",
            "forced-intercourse",
            "intercourse",
            "indecent-acts",
            "prostitution",
            "pornography",
            "other",
        ],
    ),
    ("trafficking", &["other"]),
    ("abandonment", &["other"]),
    ("neglect", &["other"]),
    ("other", &["other"]),
];

/// Most days of a separation in total, unless a competent authority requires more (art. 32.3).
pub const SEPARATION_DAYS: u64 = 15;

/// Grounds of a temporary separation (Decree 56/2017, art. 32.1).
pub const SEPARATION_GROUNDS: &[&str] = &[
    "harmed-by-carer",
    "plan-refused",
    "risk-of-further-harm",
    "further-abuse",
];

/// Where a separated child can be. The last four say that it is still with those who took it, and that
/// a place is being sought (art. 32.4, art. 42.4).
pub const PLACES_OF_CHILD: &[&str] = &[
    "relatives",
    "relative",
    "other-family",
    "foster-family",
    "social-facility",
    "facility",
    "other",
    "being-sought",
    "police",
    "health",
    "health-facility",
];

/// A list as the description of a field: whoever sends another word is told which there are.
macro_rules! lists {
    ($( $(#[doc = $doc:literal])* $name:ident = $codes:expr; )+) => {
        $(
            $(#[doc = $doc])*
            pub(crate) enum $name {}

            described!($name, { "type": "string", "enum": $codes });
        )+
    };
}

lists! {
    /// See [`PLACES_OF_RECEIPT`].
    KindOfReceipt = PLACES_OF_RECEIPT;
    /// The forms of [`HARM_FORMS`].
    HarmForm = HARM_FORMS.iter().map(|(form, _)| *form).collect::<Vec<_>>();
    /// The kinds of all [`HARM_FORMS`]; each form has only its own.
    HarmKind = HARM_FORMS.iter().flat_map(|(_, kinds)| *kinds).collect::<BTreeSet<_>>();
    /// See [`SEPARATION_GROUNDS`].
    SeparationGround = SEPARATION_GROUNDS;
    /// See [`PLACES_OF_CHILD`].
    PlaceOfChild = PLACES_OF_CHILD;
}

/// Whether a place is still sought for a separated child: nothing was said, or that it is still with
/// police or health.
#[must_use]
pub fn is_sought(placement: Option<&Code>) -> bool {
    placement.is_none_or(|placement| {
        matches!(
            placement.as_str(),
            "being-sought" | "police" | "health" | "health-facility"
        )
    })
}

/// Refuses a ground of separation that the law does not know.
pub(super) fn ground(ground: &Term) -> Result<(), Rejection> {
    if SEPARATION_GROUNDS.contains(&ground.as_str()) {
        return Ok(());
    }
    Err(unknown("/ground", SEPARATION_GROUNDS))
}

/// Refuses a place of a child that the law does not know.
pub(super) fn place_of_child(placement: &Term) -> Result<(), Rejection> {
    if PLACES_OF_CHILD.contains(&placement.as_str()) {
        return Ok(());
    }
    Err(unknown("/placement", PLACES_OF_CHILD))
}

/// Refuses a kind of place that the law does not know.
pub(super) fn place_of_receipt(kind: &Code, field: &str) -> Result<(), Rejection> {
    if PLACES_OF_RECEIPT.contains(&kind.as_str()) {
        return Ok(());
    }
    Err(unknown(field, PLACES_OF_RECEIPT))
}

/// Refuses a form of harm that the law does not know, and a kind of another form.
pub(super) fn harm(
    form: &Code,
    subtype: Option<&Code>,
    field: impl Fn(&str) -> String,
) -> Result<(), Rejection> {
    let mut forms = HARM_FORMS.iter();
    let Some((_, kinds)) = forms.find(|(known, _)| *known == form.as_str()) else {
        let known: Vec<_> = HARM_FORMS.iter().map(|(known, _)| *known).collect();
        return Err(unknown(&field("form"), &known));
    };
    match subtype {
        Some(kind) if !kinds.contains(&kind.as_str()) => Err(unknown(&field("subtype"), kinds)),
        _ => Ok(()),
    }
}

/// The code stands in no list; which there are.
pub(super) fn unknown(field: &str, known: &[&str]) -> Rejection {
    let list = known.join(", ");
    let (vi, en) = if known.contains(&"other") {
        (
            " Nếu không có mã phù hợp, hãy chọn “other” và ghi bằng lời.",
            " Where none fits, choose “other” and write it in words.",
        )
    } else {
        ("", "")
    };
    Rejection::field(
        field,
        "unknown-value",
        format!("Mã này không có trong danh mục. Danh mục gồm: {list}.{vi}"),
        format!("This code is not in the list. The list: {list}.{en}"),
    )
}
