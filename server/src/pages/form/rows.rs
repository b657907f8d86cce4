//! Rows of a group come and go by buttons that send the form, so that no script is needed.

use uuid::Uuid;

use super::field::{Field, Group, Kind};
use super::name::{join, row};
use super::sections::Form;
use super::values::Values;
use crate::ids::Ids;

/// How many rows a group shows.
pub(super) fn count(group: &Group, name: &str, values: &Values) -> usize {
    let said: usize = values.first(&format!("{name}.count")).parse().unwrap_or(0);
    said.clamp(group.least, group.most)
}

/// Adds an empty row at the end.
pub(super) fn add(form: &Form, values: &mut Values, name: &str) {
    if let Some(group) = group(form, name) {
        let rows = count(group, name, values);
        values.set(
            &format!("{name}.count"),
            (rows + 1).min(group.most).to_string(),
        );
    }
}

/// Removes a row; those after it move up.
pub(super) fn remove(form: &Form, values: &mut Values, name: &str, index: usize) {
    let Some(group) = group(form, name) else {
        return;
    };
    let rows = count(group, name, values);
    if index >= rows {
        return;
    }
    let start = format!("{name}[");
    values.rename(|old| {
        let Some((number, rest)) = old
            .strip_prefix(&start)
            .and_then(|rest| rest.split_once(']'))
        else {
            return Some(old.to_owned());
        };
        match number.parse::<usize>() {
            Ok(number) if number == index => None,
            Ok(number) if number > index => Some(format!("{}{rest}", row(name, number - 1))),
            _ => Some(old.to_owned()),
        }
    });
    values.set(
        &format!("{name}.count"),
        (rows - 1).max(group.least).to_string(),
    );
}

/// Gives an id to each row that has none yet.
pub(super) fn give_ids(form: &Form, values: &mut Values, ids: &dyn Ids) {
    for field in form.fields() {
        let Kind::Group(group) = &field.kind else {
            continue;
        };
        for index in 0..count(group, field.path, values) {
            for inner in group
                .fields
                .iter()
                .filter(|inner| matches!(inner.kind, Kind::RowId))
            {
                let name = join(&row(field.path, index), inner.path);
                if Uuid::parse_str(values.first(&name)).is_err() {
                    values.set(&name, ids.next().to_string());
                }
            }
        }
    }
}

fn group<'a>(form: &'a Form, name: &str) -> Option<&'a Group> {
    form.fields().find_map(|field: &Field| match &field.kind {
        Kind::Group(group) if field.path == name => Some(group),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::RandomIds;
    use crate::pages::form::Section;

    fn form() -> Form {
        let fields = vec![Field::row_id("id"), Field::text("measure", "measure")];
        let group = Group {
            fields,
            row_title: "row",
            add: "add",
            least: 1,
            most: 3,
        };
        Form::new("submit-plan", "form-send")
            .section(Section::new("plan", "plan").field(Field::group("items", "items", group)))
    }

    #[test]
    fn rows_come_and_go_and_keep_what_was_typed() {
        let form = form();
        let mut values: Values = [
            ("goals", "An toàn"),
            ("items.count", "3"),
            ("items[0].measure", "Tư vấn"),
            ("items[1].measure", "Khám sức khỏe"),
            ("items[2].measure", "Học bổng"),
        ]
        .into_iter()
        .collect();
        remove(&form, &mut values, "items", 1);
        assert_eq!(values.first("items.count"), "2");
        assert_eq!(values.first("items[0].measure"), "Tư vấn");
        assert_eq!(values.first("items[1].measure"), "Học bổng");
        assert_eq!(values.get("items[2].measure"), None);
        assert_eq!(values.first("goals"), "An toàn");

        for _ in 0..5 {
            add(&form, &mut values, "items");
        }
        assert_eq!(values.first("items.count"), "3", "not more than the most");
        remove(&form, &mut values, "items", 9);
        remove(&form, &mut values, "other", 0);
        assert_eq!(values.first("items.count"), "3");
    }

    #[test]
    fn each_row_gets_an_id_once() {
        let form = form();
        let mut values = Values::default();
        give_ids(&form, &mut values, &RandomIds);
        let first = values.first("items[0].id").to_owned();
        assert!(Uuid::parse_str(&first).is_ok());
        add(&form, &mut values, "items");
        give_ids(&form, &mut values, &RandomIds);
        assert_eq!(values.first("items[0].id"), first);
        assert_ne!(values.first("items[1].id"), first);
    }
}
