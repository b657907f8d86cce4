//! `record-circumstance`: the child came into one of the 14 groups of special circumstances (Law on Children, art. 10;
//! Decree 56/2017, arts 3 to 16). A child may be in several.

use schemars::JsonSchema;
use serde::Deserialize;
use serde_json::{Value, json};

use super::events::{CircumstanceFacts, CircumstancePersonal, Event};
use super::{Context, Record, Rejection, Rule, Seat, no_such_child};
use crate::child::circumstances::{Group, group, groups};
use crate::log::Split;
use crate::text::{Code, Prose, Term};
use crate::time::Date;

/// Group, sub-group, since when, on what it rests.
#[derive(Debug, Clone, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordCircumstance {
    /// The code of the group.
    pub group: Code,
    /// The code of the sub-group; words, where the list of the group is provisional.
    pub subgroup: Option<Term>,
    /// Since when.
    pub since: Date,
    /// On what it rests: a decision, a certificate, what was seen.
    pub basis: Option<Prose>,
}

/// One that can be read.
pub fn example() -> Value {
    json!({"group": "disabled", "subgroup": "mild", "since": "2024-01-15", "basis": "Giấy xác nhận khuyết tật"})
}

impl Rule for RecordCircumstance {
    const SEATS: &'static [Seat] = &[Seat::Commune, Seat::Province];

    fn decide(
        &self,
        record: Option<&Record>,
        context: &Context<'_>,
    ) -> Result<Vec<Event>, Rejection> {
        let record = record.ok_or_else(no_such_child)?;
        context.not_ahead(self.since, "/since")?;
        let group = group(self.group.as_str()).ok_or_else(unknown_group)?;
        let listed = self.listed(group)?;
        let mut running = record.circumstances.iter();
        if running.any(|one| one.group.as_ref() == Some(&group.code) && one.until.is_none()) {
            return Err(Rejection::field(
                "/group",
                "runs-already",
                "Trẻ đang được ghi trong nhóm này. Nếu nhóm nhỏ khác đi, hãy kết thúc mục cũ trước.",
                "The child is in this group already. Where the sub-group changed, end the one that stands first.",
            ));
        }
        let words = self
            .subgroup
            .clone()
            .filter(|_| listed.is_none() || group.guarded);
        let personal = CircumstancePersonal {
            group: group.guarded.then(|| group.code.clone()),
            subgroup: words,
            basis: self.basis.clone(),
        };
        Ok(vec![Event::CircumstanceRecorded(Split {
            facts: CircumstanceFacts {
                group: (!group.guarded).then(|| group.code.clone()),
                subgroup: listed.filter(|_| !group.guarded),
                since: self.since,
            },
            personal: (personal != CircumstancePersonal::default()).then_some(personal),
        })])
    }
}

impl RecordCircumstance {
    /// The sub-group, where it is one of the list.
    fn listed(&self, group: &Group) -> Result<Option<Code>, Rejection> {
        let Some(subgroup) = &self.subgroup else {
            return Ok(None);
        };
        let code = subgroup.code();
        let mut all = group.subgroups.iter();
        let known = code.filter(|code| all.any(|one| one.code == *code));
        if known.is_some() || group.provisional {
            return Ok(known);
        }
        let names: Vec<_> = group
            .subgroups
            .iter()
            .map(|one| one.code.as_str())
            .collect();
        let list = names.join(", ");
        let (vi, en) = match list.is_empty() {
            true => (
                "Nhóm này không chia nhóm nhỏ. Hãy bỏ trống.".to_owned(),
                "This group has no sub-groups. Leave it empty.".to_owned(),
            ),
            false => (
                format!("Không có nhóm nhỏ này. Hãy chọn một trong: {list}."),
                format!("There is no such sub-group. Choose one of: {list}."),
            ),
        };
        Err(Rejection::field("/subgroup", "unknown-subgroup", vi, en))
    }
}

fn unknown_group() -> Rejection {
    let names: Vec<_> = groups().iter().map(|one| one.code.as_str()).collect();
    let list = names.join(", ");
    Rejection::field(
        "/group",
        "unknown-group",
        format!("Không có nhóm này. Hãy chọn một trong: {list}."),
        format!("There is no such group. Choose one of: {list}."),
    )
}
