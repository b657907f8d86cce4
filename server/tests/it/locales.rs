//! Both languages say the same things, and everything that is asked for.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Every text of a language with the values it takes.
fn texts(language: &str) -> BTreeMap<String, BTreeSet<String>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("locales")
        .join(language);
    let mut texts: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for file in std::fs::read_dir(folder).unwrap() {
        let content = std::fs::read_to_string(file.unwrap().path()).unwrap();
        let mut current = String::new();
        for line in content
            .lines()
            .filter(|line| !line.trim_start().starts_with('#'))
        {
            let begins = line.starts_with(|c: char| c.is_ascii_alphabetic());
            if let Some((key, _)) = line.split_once('=').filter(|_| begins) {
                current = key.trim().to_owned();
                assert!(
                    !texts.contains_key(&current),
                    "{language}: {current} stands twice"
                );
                texts.insert(current.clone(), BTreeSet::new());
            }
            for rest in line.split('$').skip(1) {
                let name = rest
                    .split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
                    .next();
                texts
                    .get_mut(&current)
                    .unwrap()
                    .insert(name.unwrap().to_owned());
            }
        }
    }
    texts
}

#[test]
fn every_text_is_in_both_languages_with_the_same_values() {
    let (vi, en) = (texts("vi"), texts("en"));
    let keys = |texts: &BTreeMap<String, _>| texts.keys().cloned().collect::<BTreeSet<_>>();
    let odd: Vec<_> = keys(&vi)
        .symmetric_difference(&keys(&en))
        .cloned()
        .collect();
    assert!(odd.is_empty(), "only in one language: {odd:?}");
    for (key, values) in &vi {
        assert_eq!(values, &en[key], "{key} takes other values in English");
    }
}

#[test]
fn every_text_that_is_asked_for_exists() {
    let known = texts("vi");
    let mut missing = BTreeSet::new();
    for folder in ["src", "templates"] {
        visit(
            &Path::new(env!("CARGO_MANIFEST_DIR")).join(folder),
            &mut |content| {
                for call in [
                    ".t(\"",
                    ".t1(\"",
                    ".text(\"",
                    ".text_with(\"",
                    "Sentence::key(\"",
                ] {
                    for rest in content.split(call).skip(1) {
                        let key = rest.split('"').next().unwrap();
                        if !known.contains_key(key) {
                            missing.insert(key.to_owned());
                        }
                    }
                }
            },
        );
    }
    assert!(
        missing.is_empty(),
        "asked for, but in no language: {missing:?}"
    );
}

/// What a form says is named by keys, too: its questions, hints and headings.
#[test]
fn every_question_of_a_form_exists() {
    let known = texts("vi");
    let mut missing = BTreeSet::new();
    let mut look = |content: &str| {
        // Where the key is the first text, and where it is the one after a name.
        for (call, before) in [
            (".hint(", 0),
            (".intro(", 0),
            (".only_when(", 0),
            (".row(", 0),
            ("Section::new(", 1),
            ("Form::new(", 1),
            ("Field::", 1),
            ("yes_no(", 1),
            ("unit_choice(", 1),
            ("Choice::new(", 1),
        ] {
            for rest in content.split(call).skip(1) {
                let call = rest.split([';', '{']).next().unwrap();
                let mut literals = call.split('"').skip(1).step_by(2);
                let Some(key) = literals.nth(before) else {
                    continue;
                };
                let plain = call.split('"').take(2 * before + 1).collect::<String>();
                // Another call begins before it, or the text is made in place.
                if plain.contains(')') || plain.contains("format!") {
                    continue;
                }
                if !known.contains_key(key) {
                    missing.insert(key.to_owned());
                }
            }
        }
    };
    visit(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src/pages/acts"),
        &mut look,
    );
    assert!(
        missing.is_empty(),
        "asked by a form, but in no language: {missing:?}"
    );
}

fn visit(folder: &Path, look: &mut impl FnMut(&str)) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            visit(&path, look);
        } else if path
            .extension()
            .is_some_and(|kind| kind == "rs" || kind == "html")
        {
            look(&std::fs::read_to_string(&path).unwrap());
        }
    }
}

/// One word for each thing, and no other beside it; a report is checked, a carer is verified.
#[test]
fn each_thing_has_one_word_in_vietnamese() {
    const NEVER: [(&str, &str); 26] = [
        ("gây hại", "gây tổn hại"),
        ("Người nghi", "Người bị nghi gây tổn hại"),
        ("đã mất", "đã tử vong"),
        ("Kết thúc cách ly", "Hủy bỏ quyết định cách ly"),
        ("mốc cần kịp", "mốc nên hoàn thành"),
        ("Mốc cần kịp", "Mốc nên hoàn thành"),
        ("hôi giao", "Thôi phân công"),
        ("Kết thúc hồ sơ", "Kết thúc vụ việc"),
        ("Mở lại hồ sơ", "Mở lại vụ việc"),
        ("Hồ sơ đã kết thúc", "Vụ việc đã kết thúc"),
        ("UBND xã", "UBND cấp xã"),
        ("Ủy ban nhân dân xã", "Ủy ban nhân dân cấp xã"),
        ("bảo vệ trẻ em xã", "bảo vệ trẻ em cấp xã"),
        ("phải trả lời cho vụ việc", "Xã chịu trách nhiệm về vụ việc"),
        ("xã giữ hồ sơ", "xã chịu trách nhiệm về vụ việc"),
        ("đơn vị giữ hồ sơ", "xã chịu trách nhiệm về vụ việc"),
        ("(xã chịu trách nhiệm:", "(xã chịu trách nhiệm về vụ việc:"),
        ("xã khác", "cấp xã khác"),
        ("Xã của anh/chị", "Đơn vị của anh/chị"),
        ("Chấm dứt cách ly", "Hủy bỏ quyết định cách ly"),
        ("Nên làm trước", "Mốc nên hoàn thành"),
        ("Nên hoàn thành sớm", "Sắp đến mốc nên hoàn thành"),
        ("kiểm tra, xác minh", "kiểm tra tính xác thực"),
        ("cung cấp xong", "hỗ trợ xong"),
        (" bạn ", "anh/chị"),
        ("Bạn ", "Anh/chị"),
    ];
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("locales/vi");
    let mut found = Vec::new();
    for file in std::fs::read_dir(folder).unwrap() {
        let content = std::fs::read_to_string(file.unwrap().path()).unwrap();
        let texts = content.lines().filter_map(|line| line.split_once(" = "));
        for (key, text) in texts {
            // A peer of the child is a "bạn", too.
            let wrong = NEVER.iter().filter(|(never, _)| text.contains(never));
            let wrong = wrong.filter(|(never, _)| {
                // What is said instead may hold it.
                (*never != "xã khác" || !text.contains("cấp xã khác")) && key != "relation-peer"
            });
            if text.to_lowercase().contains("xác minh") && !of_carers(key) {
                found.push(format!("{key} = {text}: only carers are verified"));
            }
            found.extend(wrong.map(|(_, say)| format!("{key} = {text}: say “{say}”")));
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

/// Whether a text is about who shall take a child into care.
fn of_carers(key: &str) -> bool {
    ["carer", "placement", "CarerVerified", "another-family"]
        .iter()
        .any(|part| key.contains(part))
}
