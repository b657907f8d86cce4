//! The three names of a field: in the posted form, in the page (id), in the command (JSON pointer).

/// A step of a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step<'a> {
    Member(&'a str),
    Item(usize),
}

/// The steps of `items[0].cost`.
pub(super) fn steps(name: &str) -> Vec<Step<'_>> {
    let mut steps = Vec::new();
    for part in name.split('.') {
        let mut pieces = part.split('[');
        if let Some(member) = pieces.next().filter(|member| !member.is_empty()) {
            steps.push(Step::Member(member));
        }
        for piece in pieces {
            if let Ok(index) = piece.trim_end_matches(']').parse() {
                steps.push(Step::Item(index));
            }
        }
    }
    steps
}

/// The name of a field in a posted form: `items[0].` and `cost` give `items[0].cost`.
pub(super) fn join(prefix: &str, path: &str) -> String {
    if prefix.is_empty() {
        path.to_owned()
    } else {
        format!("{prefix}.{path}")
    }
}

/// The name of a row.
pub(super) fn row(name: &str, index: usize) -> String {
    format!("{name}[{index}]")
}

/// The stable id of a field in the page: `f-items-0-cost`.
pub(super) fn id(name: &str) -> String {
    let mut id = String::from("f");
    for step in steps(name) {
        id.push('-');
        match step {
            Step::Member(member) => id.push_str(&member.replace('_', "-")),
            Step::Item(index) => id.push_str(&index.to_string()),
        }
    }
    id
}

/// The JSON pointer of a field in the command: `/items/0/cost`.
pub(super) fn pointer(name: &str) -> String {
    steps(name)
        .into_iter()
        .map(|step| match step {
            Step::Member(member) => format!("/{member}"),
            Step::Item(index) => format!("/{index}"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_has_three_stable_names() {
        let name = join(&row("items", 2), "service.start_date");
        assert_eq!(name, "items[2].service.start_date");
        assert_eq!(id(&name), "f-items-2-service-start-date");
        assert_eq!(pointer(&name), "/items/2/service/start_date");
        assert_eq!(id(&join("", "child.birth.date")), "f-child-birth-date");
    }
}
