//! The lists of the register with their words.

use domain::child::circumstances::groups;
use domain::language::Sentence;

use crate::language::Language;
use crate::pages::form::Choice;

macro_rules! list {
    ($(#[$doc:meta])* $name:ident, $prefix:literal: $($code:literal)*) => {
        $(#[$doc])*
        pub(super) fn $name() -> Vec<Choice> {
            vec![$( Choice::new($code, concat!($prefix, "-", $code)), )*]
        }
    };
}

list!(/// From where a child is known.
    sources, "child-source": "household" "report" "other-office");
list!(/// Why something is said again.
    becauses, "child-because": "changed" "corrected");
list!(/// What the police found of a number.
    findings, "child-finding": "confirmed" "another" "none");
list!(/// What somebody is to the child.
    relations, "child-relation": "mother" "father" "guardian" "carer");
list!(/// Which school.
    schoolings, "child-schooling": "not-yet" "preschool" "primary" "lower-secondary" "upper-secondary" "vocational" "left");
list!(/// Why a circumstance is no more.
    circumstance_ends, "child-circumstance-end": "over" "mistake");
list!(/// Why a record is kept no more.
    record_ends, "child-record-end": "moved-abroad" "grown-up" "died" "mistake");
list!(/// Whether another record is of the same child.
    samenesses, "child-same": "same" "not-same" "undecided");

/// The names of ethnic groups that are frequent in the province; any other may be typed.
pub(super) fn ethnicities() -> Vec<String> {
    [
        "Kinh",
        "Bru-Vân Kiều",
        "Chứt",
        "Thái",
        "Tày",
        "Mường",
        "Tà Ôi",
        "Lào",
    ]
    .map(str::to_owned)
    .to_vec()
}

/// The groups of special circumstances.
pub(super) fn circumstances(language: Language) -> Vec<Choice> {
    let groups = groups().iter();
    groups
        .map(|group| Choice::new(group.code.as_str().to_owned(), said(language, &group.name)))
        .collect()
}

/// What stands between the codes of a group and of its sub-group.
pub(super) const WITHIN: char = '/';

/// The sub-groups that the law tells apart, each with its group.
pub(super) fn subgroups(language: Language) -> Vec<Choice> {
    let mut all = Vec::new();
    for group in groups() {
        for one in &group.subgroups {
            let value = format!("{}{WITHIN}{}", group.code.as_str(), one.code.as_str());
            let words = format!(
                "{}: {}",
                said(language, &group.name),
                said(language, &one.name)
            );
            all.push(Choice::new(value, words));
        }
    }
    all
}

fn said(language: Language, sentence: &Sentence) -> String {
    sentence.in_language(language.into()).to_owned()
}
