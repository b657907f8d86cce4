//! The 14 groups of children in special circumstances, as data: `domain/children/circumstances.toml`.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::language::Sentence;
use crate::text::Code;

/// One group (Law on Children, art. 10; Decree 56/2017, arts 3 to 16).
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Its code.
    pub code: Code,
    /// The article of Decree 56/2017.
    pub article: String,
    /// Its name.
    pub name: Sentence,
    /// It stands in no list, no cleaning paper and no export without a grant.
    #[serde(default)]
    pub guarded: bool,
    /// The list of its sub-groups is not certain: words are taken as well.
    #[serde(default)]
    pub provisional: bool,
    /// Its sub-groups.
    #[serde(default, rename = "subgroup")]
    pub subgroups: Vec<Subgroup>,
}

/// A sub-group.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Subgroup {
    /// Its code.
    pub code: Code,
    /// Its name.
    pub name: Sentence,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    group: Vec<Group>,
}

/// The groups, in the order of the law.
#[must_use]
pub fn groups() -> &'static [Group] {
    static GROUPS: LazyLock<Vec<Group>> = LazyLock::new(|| {
        let file: Result<File, _> =
            toml::from_str(include_str!("../../children/circumstances.toml"));
        file.map(|file| file.group).unwrap_or_default()
    });
    &GROUPS
}

/// The group of a code.
#[must_use]
pub fn group(code: &str) -> Option<&'static Group> {
    groups().iter().find(|group| group.code.as_str() == code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_14_of_which_4_are_guarded() {
        assert_eq!(groups().len(), 14);
        let articles: Vec<_> = groups()
            .iter()
            .map(|group| group.article.as_str())
            .collect();
        let law: Vec<_> = (3..=16).map(|article| article.to_string()).collect();
        assert_eq!(articles, law);
        let guarded = groups().iter().filter(|group| group.guarded);
        let guarded: Vec<_> = guarded.map(|group| group.code.as_str()).collect();
        assert_eq!(guarded, ["hiv", "offence", "sexual-abuse", "trafficked"]);
        assert_eq!(
            group("disabled").map(|group| group.subgroups.len()),
            Some(3)
        );
        assert_eq!(group("no-such-group"), None);
    }
}
