//! Whole numbers as people write them: `1.500.000`, `1 500 000 đ`, `1,500,000`, `1500000`.

/// The number meant, if the text is one.
pub(super) fn parse(text: &str) -> Option<i64> {
    let text = text
        .trim()
        .trim_end_matches("VND")
        .trim_end_matches(['đ', 'Đ', '₫'])
        .trim_end();
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let groups: Vec<&str> = digits
        .split(['.', ',', ' ', '\u{a0}', '\u{202f}'])
        .collect();
    let number = match groups.as_slice() {
        [whole] => plain(whole)?,
        // With separators every group but the first has three digits: "1,5" is no whole number.
        [first, rest @ ..] if (1..=3).contains(&first.len()) => {
            if rest.iter().any(|group| group.len() != 3) {
                return None;
            }
            plain(&groups.concat())?
        }
        _ => return None,
    };
    Some(if negative { -number } else { number })
}

fn plain(digits: &str) -> Option<i64> {
    let only_digits = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    if only_digits {
        digits.parse().ok()
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for text in [
            "1500000",
            "1.500.000",
            "1 500 000 đ",
            "1,500,000 VND",
            " 1500000₫ ",
        ] {
            assert_eq!(parse(text), Some(1_500_000), "{text}");
        }
        assert_eq!(parse("9"), Some(9));
        assert_eq!(parse("-3"), Some(-3));
        for text in [
            "",
            "chín",
            "1,5",
            "1.50",
            "12.34.56",
            "1e6",
            "99999999999999999999",
            ".",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
