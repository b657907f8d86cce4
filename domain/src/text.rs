//! Texts that people type, checked where they enter: bounded, without control characters, in
//! Unicode NFC, so that "Hoá" typed on two phones is one text.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, de::Error as _};
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Longest single line, in characters.
pub const LINE: usize = 200;
/// Longest prose, in characters.
pub const PROSE: usize = 10_000;

fn clean(text: &str, most: usize, lines: bool, empty: bool) -> Result<String, String> {
    let text = text.trim();
    // What is stored was made so when it was written: it is read without being made anew.
    let text: String = match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => text.to_owned(),
        IsNormalized::No | IsNormalized::Maybe => text.nfc().collect(),
    };
    let allowed = |c: char| !c.is_control() || (lines && matches!(c, '\n' | '\t' | '\r'));
    if !text.chars().all(allowed) {
        return Err("control-character".into());
    }
    if text.chars().count() > most {
        return Err(format!("too-long:{most}"));
    }
    if text.is_empty() && !empty {
        return Err("empty".into());
    }
    Ok(text)
}

macro_rules! text_type {
    ($(#[doc = $doc:literal])* $(#[derive($derive:ident)])? $name:ident, $most:expr, lines: $lines:expr, empty: $empty:expr) => {
        $(#[doc = $doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
        $(#[derive($derive)])?
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Checks and normalises a text.
            ///
            /// # Errors
            /// `empty`, `control-character` or `too-long:N`.
            pub fn parse(text: &str) -> Result<Self, String> {
                clean(text, $most, $lines, $empty).map(Self)
            }

            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// Whether nothing was written.
            #[must_use]
            pub fn is_empty(&self) -> bool {
                self.0.is_empty()
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
                Self::parse(&text).map_err(D::Error::custom)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        described!($name, {
            "type": "string",
            "minLength": usize::from(!$empty),
            "maxLength": $most,
            "pattern": pattern($lines, $empty),
        });
    };
}

text_type!(
    /// One line that says something: a name, a number of a decision. Not empty.
    Line, LINE, lines: false, empty: false
);
text_type!(
    /// Free text over several lines. Not empty.
    Prose, PROSE, lines: true, empty: false
);
text_type!(
    /// A remark that may be left empty.
    #[derive(Default)]
    Note, PROSE, lines: true, empty: true
);

impl Prose {
    /// The same as a remark.
    #[must_use]
    pub fn note(&self) -> Note {
        Note(self.0.clone())
    }
}

/// A word of a list, such as `violence` or `49.b`: lower-case letters, digits, `-`, `.`, `_`; at
/// most 64 characters. Lists that the law leaves open accept words that this version has no
/// label for.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Code(String);

impl Code {
    /// Checks a code.
    ///
    /// # Errors
    /// `not-a-code`.
    pub fn parse(text: &str) -> Result<Self, String> {
        if let Some(code) = point_of_law(text) {
            return Ok(Self(code));
        }
        let allowed =
            |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '.' | '_');
        if !text.is_empty() && text.len() <= 64 && text.chars().all(allowed) {
            Ok(Self(text.to_owned()))
        } else {
            Err("not-a-code".into())
        }
    }

    /// The code as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The number of a document, such as `12/QĐ-UBND`: letters, digits, `/`, `-` and `.`, at least one digit; at
/// most 40 characters. What people write beside it ("Quyết định số 12 ngày 3/5") is free text.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct DocumentNumber(String);

impl DocumentNumber {
    /// Most characters.
    const MOST: usize = 40;

    /// Checks a number.
    ///
    /// # Errors
    /// `not-a-number`.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = clean(text, LINE, false, false)?;
        let allowed =
            |c: char| c.is_alphabetic() || c.is_ascii_digit() || matches!(c, '/' | '-' | '.');
        let numbered = text.bytes().any(|b| b.is_ascii_digit());
        if numbered && text.chars().count() <= Self::MOST && text.chars().all(allowed) {
            Ok(Self(text))
        } else {
            Err("not-a-number".into())
        }
    }

    /// The number as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The media type of a document, such as `image/jpeg`, in lower case; at most 100 characters.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct MediaType(String);

impl MediaType {
    /// Checks a media type.
    ///
    /// # Errors
    /// `not-a-media-type`.
    pub fn parse(text: &str) -> Result<Self, String> {
        let name = |part: &str| {
            let mut bytes = part.bytes();
            bytes.next().is_some_and(|b| b.is_ascii_lowercase())
                && bytes.all(|b| {
                    b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'+' | b'-')
                })
        };
        match text.split_once('/') {
            Some((kind, of)) if text.len() <= 100 && name(kind) && name(of) => {
                Ok(Self(text.to_owned()))
            }
            _ => Err("not-a-media-type".into()),
        }
    }

    /// The media type as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

macro_rules! bounded_text {
    ($name:ident) => {
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
                Self::parse(&text).map_err(D::Error::custom)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

// The letter đ of a point of law is read as `dd`, see [`point_of_law`].
described!(Code, {
    "type": "string",
    "pattern": "^([a-z0-9._-]{1,64}|\\s*[0-9]{1,4}(\\.[0-9]{1,4}){0,5}\\.[đĐð\u{d0}]\\s*)$",
});

bounded_text!(Code);
bounded_text!(DocumentNumber);
bounded_text!(MediaType);

/// A code of a list, or, where no word of the list fits, a line in the officer's own words.
/// A code is a fact; words of one's own belong to the personal part of an event.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(untagged)]
pub enum Term {
    /// A word of the list.
    Code(Code),
    /// The officer's own words.
    Words(Line),
}

impl Term {
    /// The code, if it is one.
    #[must_use]
    pub fn code(&self) -> Option<Code> {
        match self {
            Self::Code(code) => Some(code.clone()),
            Self::Words(_) => None,
        }
    }

    /// The own words, if it is no code.
    #[must_use]
    pub fn words(&self) -> Option<Line> {
        match self {
            Self::Code(_) => None,
            Self::Words(words) => Some(words.clone()),
        }
    }

    /// As text, whichever it is.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Code(code) => code.as_str(),
            Self::Words(words) => words.as_str(),
        }
    }
}

impl<'de> Deserialize<'de> for Term {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        Code::parse(&text)
            .map(Self::Code)
            .or_else(|_| Line::parse(&text).map(Self::Words))
            .map_err(D::Error::custom)
    }
}

// A code is a line, too.
described!(Term, {
    "type": "string",
    "minLength": 1,
    "maxLength": LINE,
    "pattern": pattern(false, false),
});

/// The code of a point of law that is named by the letter đ, as `50.dd` for `50.đ`: it is a letter of
/// its own after d. Also where it was typed as a capital, or as the Icelandic letter that looks the
/// same.
fn point_of_law(text: &str) -> Option<String> {
    let article = text.trim().strip_suffix(['đ', 'Đ', 'ð', '\u{d0}'])?;
    let mut parts = article.strip_suffix('.')?.split('.');
    let number =
        |part: &str| (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    (article.len() <= 32 && parts.all(number)).then(|| format!("{article}dd"))
}

/// White space that is no control character.
const SPACES: &[(char, char)] = &[
    (' ', ' '),
    ('\u{a0}', '\u{a0}'),
    ('\u{1680}', '\u{1680}'),
    ('\u{2000}', '\u{200a}'),
    ('\u{2028}', '\u{2029}'),
    ('\u{202f}', '\u{202f}'),
    ('\u{205f}', '\u{205f}'),
    ('\u{3000}', '\u{3000}'),
];

/// Marks without width.
const MARKS: &[(char, char)] = &[
    ('\u{ad}', '\u{ad}'),
    ('\u{34f}', '\u{34f}'),
    ('\u{61c}', '\u{61c}'),
    ('\u{115f}', '\u{1160}'),
    ('\u{17b4}', '\u{17b5}'),
    ('\u{180b}', '\u{180f}'),
    ('\u{200b}', '\u{200f}'),
    ('\u{202a}', '\u{202e}'),
    ('\u{2060}', '\u{206f}'),
    ('\u{2800}', '\u{2800}'),
    ('\u{3164}', '\u{3164}'),
    ('\u{fe00}', '\u{fe0f}'),
    ('\u{feff}', '\u{feff}'),
    ('\u{ffa0}', '\u{ffa0}'),
];

/// Whether nobody sees it: space, or a mark without width. A text of such is as good as none.
pub(crate) fn is_unseen(c: char) -> bool {
    c.is_whitespace() || MARKS.iter().any(|(from, to)| (*from..=*to).contains(&c))
}

/// What [`clean`] takes, as a regular expression: no control character and, unless it may be empty, one that
/// can be seen. Written so that one look at each character is enough.
fn pattern(lines: bool, empty: bool) -> String {
    let (control, breaks) = match lines {
        true => (
            r"\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f",
            r"\t\n\r",
        ),
        false => (r"\u0000-\u001f\u007f-\u009f", ""),
    };
    if empty {
        return format!("^[^{control}]*$");
    }
    let mark = |mark: char| format!("\\u{:04x}", u32::from(mark));
    let range = |(from, to): &(char, char)| match from == to {
        true => mark(*from),
        false => format!("{}-{}", mark(*from), mark(*to)),
    };
    let unseen: String = SPACES.iter().chain(MARKS).map(range).collect();
    format!("^[{unseen}{breaks}]*[^{unseen}{breaks}{control}][^{control}]*$")
}

/// Folds a text for searching: no marks, đ as d (also where it was typed as the Icelandic letter ð,
/// which looks the same as a capital), lower case, single spaces. Vietnamese names are found whether
/// or not the marks were typed, and wherever they stand.
#[must_use]
pub fn fold(text: &str) -> String {
    let bare: String = text
        .nfd()
        .filter(|c| !unicode_normalization::char::is_combining_mark(*c))
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            'đ' | 'ð' => 'd',
            c => c,
        })
        .collect();
    bare.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Folds a person's name: as [`fold`], and y as i, since both are written for one sound ("Mỹ", "Mĩ").
#[must_use]
pub fn fold_name(name: &str) -> String {
    fold(name).replace('y', "i")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_spellings_of_one_text_become_one() {
        let composed = Line::parse("Nguyễn Thị Hoá").unwrap();
        let decomposed: String = "Nguyễn Thị Hoá".nfd().collect();
        assert_eq!(Line::parse(&decomposed).unwrap(), composed);
    }

    #[test]
    fn bad_texts_say_why() {
        assert_eq!(Line::parse("a\0b"), Err("control-character".into()));
        assert_eq!(Line::parse("a\nb"), Err("control-character".into()));
        assert_eq!(Line::parse("   "), Err("empty".into()));
        assert_eq!(Line::parse(&"ă".repeat(201)), Err("too-long:200".into()));
        assert!(Line::parse(&"ă".repeat(200)).is_ok());
        assert!(Note::parse("").unwrap().is_empty());
    }

    #[test]
    fn search_folds_every_vietnamese_mark() {
        assert_eq!(fold("  Đào  Thị   Nguyễn Lắk "), "dao thi nguyen lak");
        // Typed as U+00D0; the mark on either vowel; y for i.
        assert_eq!(fold("\u{d0}ào Thuý"), fold("Đào Thúy"));
        assert_eq!(fold_name("Mỹ Hoà"), fold_name("Mĩ Hòa"));
    }

    #[test]
    fn a_number_of_a_document_is_no_free_text() {
        for number in [
            "12/QĐ-UBND",
            "45/YC-TA",
            "1680/NQ-UBTVQH15",
            "HS-01",
            "2026/01",
            "5",
        ] {
            assert_eq!(DocumentNumber::parse(number).unwrap().as_str(), number);
        }
        let decomposed: String = "12/QĐ-ỦY".nfd().collect();
        assert_eq!(
            DocumentNumber::parse(&decomposed).unwrap().as_str(),
            "12/QĐ-ỦY"
        );
        let long = "1".repeat(41);
        for text in [
            "",
            "Nguyễn",
            "Lê Văn Tám",
            "Số 12/QĐ-UBND",
            "12_3",
            "12\n3",
            &long,
        ] {
            assert!(DocumentNumber::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_media_type_is_no_free_text() {
        for known in [
            "image/jpeg",
            "application/pdf",
            "image/svg+xml",
            "application/vnd.ms-excel",
        ] {
            assert_eq!(MediaType::parse(known).unwrap().as_str(), known);
        }
        let long = format!("a/{}", "b".repeat(99));
        for text in [
            "",
            "ảnh chụp",
            "image",
            "/jpeg",
            "image/",
            "Image/JPEG",
            "a/b/c",
            &long,
        ] {
            assert!(MediaType::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_term_is_a_code_or_words() {
        let code: Term = serde_json::from_str("\"safe-place\"").unwrap();
        assert!(code.code().is_some());
        let words: Term = serde_json::from_str("\"Nhà bà ngoại\"").unwrap();
        assert_eq!(words.words().unwrap().as_str(), "Nhà bà ngoại");
    }

    #[test]
    fn the_letter_d_with_a_stroke_names_a_point_of_its_own() {
        let term = |text: &str| serde_json::from_value::<Term>(text.into()).unwrap();
        for written in ["50.đ", "50.Đ", "50.\u{d0}", "50.\u{f0}", " 50.đ ", "50.dd"] {
            assert_eq!(term(written).code().unwrap().as_str(), "50.dd", "{written}");
        }
        assert_eq!(term("50.2.đ").code().unwrap().as_str(), "50.2.dd");
        assert_eq!(term("50.d").code().unwrap().as_str(), "50.d");
        for words in ["đ", ".đ", "50đ", "500.000 đ", "50..đ", "Điểm 50.đ"] {
            assert_eq!(term(words).words().unwrap().as_str(), words);
        }
    }
}
