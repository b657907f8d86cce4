//! The register of administrative units: what is in it, the traps of codes and names, and what
//! holds for every unit.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use domain::unit::{Fate, Level, Share, Unit, Units};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn units() -> &'static Units {
    Units::shipped()
}

fn name(code: &str, on: &str) -> String {
    units().name(code, day(on)).to_owned()
}

fn now() -> NaiveDate {
    day("2026-03-02")
}

/// `whole NAME`, `divided N`, `stands`, `ended`.
fn fate(code: &str, then: &str) -> String {
    match units().current(code, day(then), now()).unwrap() {
        Fate::Stands(_) => "stands".into(),
        Fate::Whole(unit) => format!("whole {} {}", unit.reference(), unit.name),
        Fate::Divided(parts) => format!("divided {}", parts.len()),
        Fate::Ended(_) => "ended".into(),
    }
}

fn count(level: Level, on: &str) -> usize {
    let on = day(on);
    let all = units().all().iter();
    all.filter(|unit| unit.level == level && unit.at(on))
        .count()
}

#[test]
fn the_country_has_the_units_that_it_had() {
    for (on, provinces, districts, communes) in [
        ("2024-11-30", 63, 696, 10_035 + 6),
        ("2025-06-30", 63, 696, 10_035),
        ("2025-07-01", 34, 0, 3321),
    ] {
        assert_eq!(count(Level::Province, on), provinces, "{on}");
        assert_eq!(count(Level::District, on), districts, "{on}");
        assert_eq!(count(Level::Commune, on), communes, "{on}");
    }
    for (on, communes) in [
        ("2020-01-31", 159),
        ("2020-02-01", 151),
        ("2024-03-04", 151),
        ("2024-11-30", 151),
        ("2024-12-01", 145),
        ("2025-06-30", 145),
        ("2025-07-01", 78),
    ] {
        assert_eq!(units().communes("44", day(on)).count(), communes, "{on}");
    }
}

#[test]
fn the_same_code_was_another_unit() {
    assert_eq!(name("44", "2024-03-04"), "Tỉnh Quảng Bình");
    assert_eq!(name("44", "2025-07-01"), "Tỉnh Quảng Trị");
    assert_eq!(name("19198", "2024-03-04"), "Xã Lý Trạch");
    assert_eq!(name("19198", "2024-12-01"), "Xã Lý Nam");
    assert_eq!(name("19198", "2025-07-01"), "Xã Nam Trạch");
    assert_eq!(name("19111", "2024-03-04"), "Thị trấn Hoàn Lão");
    assert_eq!(name("19111", "2025-07-01"), "Xã Hoàn Lão");
    assert_eq!(name("19165", "2020-01-31"), "Xã Sơn Trạch");
    assert_eq!(name("19165", "2020-02-01"), "Thị trấn Phong Nha");
}

#[test]
fn a_town_took_over_the_code_of_the_commune_that_it_took_in() {
    assert_eq!(name("19201", "2024-11-30"), "Thị trấn Quán Hàu");
    assert_eq!(name("19207", "2024-11-30"), "Xã Lương Ninh");
    assert_eq!(name("19207", "2024-12-01"), "Thị trấn Quán Hàu");
    assert_eq!(name("19207", "2025-07-01"), "Xã Quảng Ninh");
    assert_eq!(fate("19201", "2024-11-30"), "whole 19207 Xã Quảng Ninh");
    assert_eq!(fate("19207", "2024-11-30"), "whole 19207 Xã Quảng Ninh");
    let next = units().successors("19201", day("2024-11-30"));
    let [(town, Share::Whole)] = next.as_slice() else {
        panic!("{next:?}")
    };
    assert_eq!(
        (town.reference(), &*town.name),
        ("19207", "Thị trấn Quán Hàu")
    );
    let before = units().predecessors("19207", day("2024-12-01"));
    let codes: Vec<_> = before.iter().map(|(unit, _)| unit.reference()).collect();
    assert_eq!(codes, ["19201", "19207"]);
}

#[test]
fn the_same_name_is_another_place() {
    for (name, one, other) in [
        (
            "Xã Minh Hóa",
            ("18931", "2025-06-30"),
            ("18901", "2025-07-01"),
        ),
        (
            "Xã Hòa Trạch",
            ("19183", "2025-06-30"),
            ("19033", "2025-07-01"),
        ),
        (
            "Xã Nam Trạch",
            ("19195", "2024-11-30"),
            ("19198", "2025-07-01"),
        ),
        (
            "Xã Phú Trạch",
            ("19153", "2020-01-31"),
            ("19021", "2025-07-01"),
        ),
    ] {
        let [one, other] = [one, other].map(|(code, on)| units().find(code, day(on)).unwrap());
        assert_eq!((&*one.name, &*other.name), (name, name));
        assert_ne!(one.id, other.id);
        assert!(one.ended(day("2025-07-01")) && !other.ended(now()));
    }
}

#[test]
fn a_unit_that_took_others_in_is_another_one_under_its_old_name_and_code() {
    for (code, name) in [
        ("19204", "Xã Trường Sơn"),
        ("18904", "Xã Dân Hóa"),
        ("19147", "Xã Thượng Trạch"),
        ("19126", "Xã Bắc Trạch"),
    ] {
        let [before, after] =
            ["2025-06-30", "2025-07-01"].map(|on| units().find(code, day(on)).unwrap());
        assert_eq!((&*before.name, &*after.name), (name, name));
        assert_ne!(before.id, after.id);
        assert!(units().predecessors(code, day("2025-07-01")).len() > 1);
        assert_eq!(fate(code, "2025-06-30"), format!("whole {code} {name}"));
        assert_eq!(units().continued(&before.id, now()), Some(before));
    }
    // The town that took in one commune in 2020 kept name and code as well.
    assert_eq!(units().versions("19111").count(), 3);
    assert_eq!(fate("19171", "2020-01-31"), "whole 19111 Xã Hoàn Lão");
}

#[test]
fn a_unit_that_was_left_alone_goes_on() {
    let alone: Vec<&Unit> = units()
        .communes("44", day("2025-06-30"))
        .filter(|unit| {
            units()
                .continued(&unit.id, now())
                .is_some_and(|to| to.id != unit.id)
        })
        .collect();
    let names: Vec<_> = alone.iter().map(|unit| unit.name.as_str()).collect();
    assert_eq!(names, ["Xã Tân Thành"]);
    // In 2024 it was not the same: three communes became it.
    let before = units().find("18919", day("2024-03-04")).unwrap();
    assert_eq!(before.name, "Xã Hóa Tiến");
    assert_eq!(units().continued(&before.id, now()), Some(before));
}

#[test]
fn one_letter_and_one_level_make_a_difference() {
    assert_eq!(name("19159", "2025-06-30"), "Xã Đồng Trạch");
    assert_eq!(name("19159", "2025-07-01"), "Xã Đông Trạch");
    let district = units().find("456", day("2025-06-30")).unwrap();
    let commune = units().find("19207", day("2025-07-01")).unwrap();
    let province = units().find("22", day("2025-07-01")).unwrap();
    let names = [district, commune, province].map(|unit| unit.name.as_str());
    assert_eq!(
        names,
        ["Huyện Quảng Ninh", "Xã Quảng Ninh", "Tỉnh Quảng Ninh"]
    );
    assert_eq!(fate("456", "2025-06-30"), "ended");
    assert_eq!(fate("22", "2025-06-30"), "stands");
}

#[test]
fn spelling_is_one_and_composed() {
    use unicode_normalization::is_nfc;
    for unit in units().all() {
        assert!(is_nfc(&unit.name), "{}", unit.name);
        assert!(!unit.kind().is_empty(), "{}", unit.name);
        assert_eq!(unit.name.trim(), unit.name);
    }
}

#[test]
fn a_divided_unit_is_not_one_unit_today() {
    assert_eq!(fate("00007", "2025-06-30"), "divided 2");
    let parts = units().successors("00007", day("2025-06-30"));
    assert!(parts.iter().all(|(_, share)| *share == Share::Part));
    let shown = units().shown("00007", day("2024-03-04"), now()).sentence();
    assert_eq!(
        shown.vi,
        "Phường Cống Vị (nay chia về: Phường Ngọc Hà; Phường Giảng Võ)"
    );
}

#[test]
fn a_unit_is_shown_as_it_was_called_and_as_what_it_is_now() {
    let vi = |code: &str, then: &str, today: &str| {
        units().shown(code, day(then), day(today)).sentence().vi
    };
    let hoan_lao = "Thị trấn Hoàn Lão (nay: Xã Hoàn Lão, tỉnh Quảng Trị)";
    assert_eq!(vi("19111", "2024-03-04", "2026-03-02"), hoan_lao);
    assert_eq!(vi("19111", "2024-03-04", "2024-06-02"), "Thị trấn Hoàn Lão");
    assert_eq!(vi("19111", "2026-03-01", "2026-03-02"), "Xã Hoàn Lão");
    assert_eq!(
        vi("44", "2024-03-04", "2026-03-02"),
        "Tỉnh Quảng Bình (nay: Tỉnh Quảng Trị)"
    );
    assert_eq!(
        vi("455", "2024-03-04", "2026-03-02"),
        "Huyện Bố Trạch (không còn từ 01/07/2025)"
    );
    assert_eq!(vi("01", "2024-03-04", "2026-03-02"), "Thành phố Hà Nội");
    assert_eq!(
        vi("18862", "2019-03-04", "2024-03-02"),
        "Phường Đồng Mỹ (nay: Phường Đồng Hải, tỉnh Quảng Bình)"
    );
    assert_eq!(vi("nobody", "2024-03-04", "2026-03-02"), "nobody");
    let en = units()
        .shown("19111", day("2024-03-04"), now())
        .sentence()
        .en;
    assert_eq!(en, "Thị trấn Hoàn Lão (now: Xã Hoàn Lão, tỉnh Quảng Trị)");
}

#[test]
fn an_id_is_found_whatever_the_day() {
    for unit in units().all().iter().step_by(97) {
        assert_eq!(units().find(&unit.id, day("1990-01-01")), Some(unit));
        assert_eq!(units().by_id(&unit.id), Some(unit));
        assert!(units().same(&unit.id, unit.reference()));
    }
}

#[test]
fn ids_are_unique_and_no_code() {
    let ids: BTreeSet<_> = units().all().iter().map(|unit| &unit.id).collect();
    assert_eq!(ids.len(), units().all().len());
    for unit in units().all() {
        assert!(!unit.id.bytes().all(|byte| byte.is_ascii_digit()));
        assert_eq!(units().versions(&unit.id).count(), 1);
    }
}

#[test]
fn on_every_day_a_code_is_one_unit() {
    let mut days: BTreeSet<NaiveDate> = BTreeSet::from([now()]);
    for unit in units().all() {
        days.extend(unit.from);
        days.extend(unit.to);
    }
    for on in days {
        let mut codes = BTreeMap::new();
        for unit in units().all().iter().filter(|unit| unit.at(on)) {
            let code = unit.code.as_deref().unwrap();
            let other = codes.insert((unit.level, code), &unit.id);
            assert_eq!(other, None, "{code} on {on}");
            assert_eq!(units().find(code, on), Some(unit));
            if let Some(parent) = &unit.parent {
                let above = units().find(parent, on).unwrap();
                assert!(above.at(on) && above.level < unit.level, "{code} on {on}");
            }
        }
    }
}

#[test]
fn every_commune_that_ended_came_to_stand_somewhere() {
    for unit in units().all() {
        let next = units().successors(&unit.id, now());
        let ended = unit.to.is_some();
        match unit.level {
            Level::District => assert!(ended && next.len() <= 1, "{unit:?}"),
            _ => assert_eq!(ended, !next.is_empty(), "{unit:?}"),
        }
        // Either one row says that all went there, or several say where the parts went.
        let parts = next.iter().filter(|(_, share)| *share == Share::Part);
        match parts.count() {
            0 => assert!(next.len() <= 1, "{unit:?}"),
            parts => assert!(parts > 1 && parts == next.len(), "{unit:?}"),
        }
        for (to, _) in &next {
            assert_eq!(to.from, unit.to.and_then(|to| to.succ_opt()), "{unit:?}");
            let back = units().predecessors(&to.id, now());
            assert!(back.iter().any(|(from, _)| from.id == unit.id));
        }
        let whole = !next.is_empty() && next.iter().all(|(_, share)| *share == Share::Whole);
        match units().current(&unit.id, now(), now()).unwrap() {
            Fate::Stands(_) => assert!(!ended),
            Fate::Whole(now_it_is) => assert!(whole && now_it_is.at(now())),
            Fate::Divided(parts) => {
                assert!(parts.len() > 1 && parts.iter().all(|part| part.at(now())));
            }
            Fate::Ended(_) => assert_eq!(unit.level, Level::District),
        }
        assert!(units().lineage(&unit.id).contains(&unit));
    }
    let divided = units().all().iter().filter(|unit| {
        let next = units().successors(&unit.id, now());
        next.iter().any(|(_, share)| *share == Share::Part)
    });
    assert_eq!(divided.count(), 471);
}

#[test]
fn what_became_part_of_a_unit_as_a_whole_became_part_of_no_other() {
    let mut taken = BTreeMap::new();
    let today = units().all().iter().filter(|unit| unit.at(now()));
    for unit in today {
        let absorbed = units().absorbed(&unit.id, now());
        assert_eq!(absorbed.whole[0], unit);
        for one in absorbed.whole {
            assert_eq!(taken.insert(&one.id, unit), None, "{one:?}");
            // Every way on from it leads there.
            if one.level == Level::Commune {
                let fate = units().current(&one.id, now(), now()).unwrap();
                assert_eq!(fate.units(), [unit], "{one:?}");
            }
        }
        for part in absorbed.parts {
            let next = units().successors(&part.id, now());
            assert!(next.iter().any(|(_, share)| *share == Share::Part));
        }
    }
    let communes = units().all().iter();
    let whole = communes.filter(|unit| {
        let fate = units().current(&unit.id, now(), now()).unwrap();
        unit.level == Level::Commune && matches!(fate, Fate::Stands(_) | Fate::Whole(_))
    });
    assert!(whole.count() > 9_000);
    for unit in units().all() {
        if let Fate::Whole(_) = units().current(&unit.id, now(), now()).unwrap() {
            assert!(taken.contains_key(&unit.id), "{unit:?}");
        }
    }
}

#[test]
fn on_every_day_a_code_means_one_unit() {
    let mut reused = 0;
    for unit in units().all() {
        let (from, until) = units().means(unit);
        let others = units().versions(unit.reference());
        let others: Vec<_> = others.filter(|other| other.id != unit.id).collect();
        reused += usize::from(!others.is_empty());
        assert_eq!((from, until) == (None, None), others.is_empty(), "{unit:?}");
        // Its own days are among them, and nobody else's.
        let within = |day: NaiveDate| {
            from.is_none_or(|from| from <= day) && until.is_none_or(|until| day < until)
        };
        assert!(unit.from.is_none_or(within) && unit.to.is_none_or(within));
        for other in others {
            assert!(!other.from.is_some_and(within) && !other.to.is_some_and(within));
        }
    }
    assert!(reused > 3_000, "{reused}");
}
