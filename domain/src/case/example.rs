//! One valid command of each kind, as people send it. The description of the API shows it, and what must be tried
//! with every command is tried with these.

use serde_json::Value;

/// What the file of each command gives beside its struct.
pub(super) trait Example {
    /// The fields of one that can be read. Invented people only.
    fn example() -> Value;
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::case::testing::one_of_each;

    /// Names of families of which nearly everybody has one, and the given names that say that a person is
    /// none: sample, try, feigned.
    const FAMILIES: [&str; 20] = [
        "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ",
        "Hồ", "Ngô", "Dương", "Lý", "Đinh", "Trịnh", "Mai", "Cao",
    ];
    const INVENTED: [&str; 3] = ["Mẫu", "Thử", "Giả"];

    /// Every text in it.
    fn texts<'a>(value: &'a Value, into: &mut Vec<&'a str>) {
        match value {
            Value::String(text) => into.push(text),
            Value::Array(items) => items.iter().for_each(|item| texts(item, into)),
            Value::Object(fields) => fields.values().for_each(|field| texts(field, into)),
            _ => {}
        }
    }

    /// Whether it may have the name or the number of somebody who lives.
    fn may_be_real(text: &str) -> bool {
        let words: Vec<_> = text
            .split(|letter: char| !letter.is_alphanumeric())
            .collect();
        let given = |word: &str| word.starts_with(char::is_uppercase);
        let named = words
            .windows(2)
            .any(|two| FAMILIES.contains(&two[0]) && given(two[1]));
        let invented = words.iter().any(|word| INVENTED.contains(word));
        let number = |word: &&str| word.parse::<u64>().is_ok() && (9..=12).contains(&word.len());
        (named && !invented) || words.iter().any(number)
    }

    #[test]
    fn nobody_who_lives_is_in_an_example() {
        let mut people = 0;
        for example in one_of_each() {
            let mut all = Vec::new();
            texts(&example, &mut all);
            for text in all {
                assert!(
                    !may_be_real(text) || Uuid::parse_str(text).is_ok(),
                    "{text}"
                );
                people += usize::from(INVENTED.iter().any(|name| text.ends_with(name)));
            }
        }
        assert!(people > 2, "{people}");
        for real in [
            "Nguyễn Văn An",
            "Bà Trần Thị Bình, hàng xóm",
            "044214001234",
            "0900000000",
        ] {
            assert!(may_be_real(real), "{real}");
        }
        assert!(!may_be_real("Lê Thị Mẫu, 33 tuổi"));
    }
}
