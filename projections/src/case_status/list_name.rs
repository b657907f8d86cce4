//! How a child is called in lists: surname whole, then initials. The full name stands on the page of
//! the case only.

/// `Nguyễn Thị Thử` becomes `Nguyễn T. T.`; a single word is an initial, since it is a given name.
#[must_use]
pub fn list_name(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().collect();
    let (surname, rest) = match words.as_slice() {
        [surname, rest @ ..] if !rest.is_empty() => (Some(*surname), rest),
        all => (None, all),
    };
    let initials = rest
        .iter()
        .filter_map(|word| word.chars().next())
        .map(|first| format!("{}.", first.to_uppercase()));
    surname
        .map(str::to_owned)
        .into_iter()
        .chain(initials)
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::list_name;

    #[test]
    fn the_surname_is_whole_and_the_rest_are_initials() {
        for (name, expected) in [
            ("Nguyễn Thị Thử", "Nguyễn T. T."),
            ("Đào Ân", "Đào Â."),
            ("hồ  văn ơn", "hồ V. Ơ."),
            ("Bi", "B."),
            ("", ""),
        ] {
            assert_eq!(list_name(name), expected);
        }
    }
}
