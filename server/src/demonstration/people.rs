//! Invented people: names put together from common ones, and numbers that were never given out.

use chrono::{Datelike, NaiveDate};
use domain::time::Instant;
use serde_json::{Value, json};

use super::hours::plus_days;
use super::random::Random;

const FAMILIES: [&str; 24] = [
    "Nguyễn", "Nguyễn", "Nguyễn", "Trần", "Trần", "Lê", "Lê", "Phạm", "Hoàng", "Phan", "Võ",
    "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Đinh", "Cao", "Trương", "Mai", "Đoàn", "Thái",
    "Lương",
];
const MIDDLE_MALE: [&str; 14] = [
    "Văn", "Văn", "Hữu", "Đức", "Quốc", "Minh", "Thanh", "Gia", "Xuân", "Công", "Bảo", "Quang",
    "Tiến", "Anh",
];
const MIDDLE_FEMALE: [&str; 13] = [
    "Thị",
    "Thị",
    "Thị",
    "Thị Thu",
    "Thị Ngọc",
    "Thị Minh",
    "Ngọc",
    "Thu",
    "Khánh",
    "Bảo",
    "Thanh",
    "Phương",
    "Hoài",
];
const GIVEN_MALE: [&str; 36] = [
    "An", "Bảo", "Bình", "Cường", "Dũng", "Duy", "Đạt", "Hải", "Hiếu", "Hoàng", "Huy", "Hùng",
    "Khang", "Khánh", "Khoa", "Kiên", "Long", "Lâm", "Minh", "Nam", "Nghĩa", "Nhân", "Phong",
    "Phúc", "Quân", "Quang", "Sơn", "Tài", "Thành", "Thắng", "Thịnh", "Toàn", "Trí", "Trung",
    "Tuấn", "Việt",
];
const GIVEN_FEMALE: [&str; 38] = [
    "An", "Anh", "Bích", "Châu", "Chi", "Diệp", "Dung", "Giang", "Hà", "Hạnh", "Hân", "Hiền",
    "Hoa", "Hồng", "Huyền", "Hương", "Lan", "Linh", "Ly", "Mai", "My", "Nga", "Ngân", "Ngọc",
    "Nhi", "Nhung", "Oanh", "Phương", "Quyên", "Quỳnh", "Tâm", "Thảo", "Thư", "Thủy", "Trang",
    "Trâm", "Uyên", "Vy",
];
const HOMES: [&str; 12] = [
    "Thôn 1",
    "Thôn 2",
    "Thôn 3",
    "Thôn 5",
    "Thôn Đông",
    "Thôn Tây",
    "Thôn Trung",
    "Thôn Thượng",
    "Tổ dân phố 2",
    "Tổ dân phố 4",
    "Tổ dân phố 7",
    "Thôn Nam",
];
const WORK: [&str; 10] = [
    "làm nông",
    "làm biển",
    "làm thuê",
    "buôn bán nhỏ",
    "công nhân",
    "thợ xây",
    "làm ăn xa",
    "lái xe",
    "phụ hồ",
    "nội trợ",
];
const SITUATIONS: [&str; 10] = [
    "Hộ nghèo, thu nhập không ổn định.",
    "Hộ cận nghèo, nhà ở xuống cấp.",
    "Cha mẹ ly hôn, trẻ ở với một bên.",
    "Gia đình ba thế hệ cùng chung sống.",
    "Cha mẹ thường xuyên đi làm xa, ông bà trông nom.",
    "Kinh tế gia đình ổn định.",
    "Mẹ nuôi con một mình.",
    "Gia đình đông con, lao động chính hay đau ốm.",
    "Gia đình thuê nhà trọ, mới chuyển đến.",
    "Chưa rõ, cần tìm hiểu thêm.",
];

/// The full name of an invented grown-up woman or man.
pub(super) fn name(random: &mut Random, female: bool) -> String {
    let family = random.pick(&FAMILIES);
    full_name(random, family, female)
}

fn full_name(random: &mut Random, family: &str, female: bool) -> String {
    let (middles, given): (&[&str], &[&str]) = if female {
        (&MIDDLE_FEMALE, &GIVEN_FEMALE)
    } else {
        (&MIDDLE_MALE, &GIVEN_MALE)
    };
    let middle = random.pick(middles);
    // Nobody is called Quang Quang.
    let given: Vec<_> = given
        .iter()
        .filter(|name| !middle.ends_with(**name))
        .collect();
    format!("{family} {middle} {}", random.pick(&given))
}

/// A telephone number that no telephone has: no number of the province begins with a zero.
pub(super) fn phone(random: &mut Random) -> String {
    format!(
        "0232 0{:02} {:04}",
        random.between(0, 99),
        random.between(0, 9999)
    )
}

/// The family of a child, the same for brothers and sisters.
#[derive(Debug, Clone)]
pub(super) struct Family {
    name: &'static str,
    /// Where they live, within the commune.
    pub(super) home: &'static str,
    father: String,
    mother: String,
    situation: &'static str,
}

impl Family {
    /// The family that follows from a seed.
    pub(super) fn of(seed: u64) -> Self {
        let mut random = Random::new(seed, 0);
        let family = random.pick(&FAMILIES);
        let adult = |random: &mut Random, name: String| {
            format!(
                "{name}, {} tuổi, {}",
                random.between(25, 48),
                random.pick(&WORK)
            )
        };
        let father = full_name(&mut random, family, false);
        let mother = name(&mut random, true);
        Self {
            name: family,
            home: random.pick(&HOMES),
            father: adult(&mut random, father),
            mother: adult(&mut random, mother),
            situation: random.pick(&SITUATIONS),
        }
    }

    /// Part of form 01, as far as it is known.
    pub(super) fn as_told(&self, random: &mut Random) -> Value {
        match random.between(1, 10) {
            1..=3 => Value::Null,
            4 | 5 => json!(self.situation),
            6 | 7 => json!({ "mother": self.mother, "situation": self.situation }),
            _ => json!({
                "father": self.father,
                "mother": self.mother,
                "carer": random.pick(&["Cha mẹ", "Mẹ", "Bà nội", "Bà ngoại", "Ông bà"]),
                "situation": self.situation,
            }),
        }
    }
}

/// A child as a place of receipt may write it down.
#[derive(Debug, Clone)]
pub(super) struct Child {
    /// The full name, whether it is told or not.
    pub(super) name: String,
    /// The true date of birth.
    pub(super) born: NaiveDate,
    female: bool,
}

impl Child {
    /// A child of `family` of an age between `ages` (full years) on the day of the report.
    pub(super) fn of(random: &mut Random, family: &Family, ages: (i64, i64), at: Instant) -> Self {
        let female = random.chance(54);
        let age = random.between(ages.0, ages.1);
        let birthday = plus_days(at.date(), -random.between(3, 360));
        let years = i32::try_from(age).unwrap_or(0);
        let born = birthday
            .with_year(birthday.year() - years)
            .unwrap_or(birthday);
        Self {
            name: full_name(random, family.name, female),
            born,
            female,
        }
    }

    /// The same child, born so that it is 16 within some weeks of the report.
    pub(super) fn soon_16(mut self, at: Instant, days: i64) -> Self {
        let birthday = plus_days(at.date(), days);
        let year = birthday.year() - 16;
        self.born = birthday
            .with_year(year)
            .or_else(|| NaiveDate::from_ymd_opt(year, 3, 1))
            .unwrap_or(self.born);
        self
    }

    /// Full years on a day.
    pub(super) fn age(&self, day: NaiveDate) -> i32 {
        let before = (day.month(), day.day()) < (self.born.month(), self.born.day());
        day.year() - self.born.year() - i32::from(before)
    }

    /// How the report names the child. `exact`: name and date of birth are known for certain.
    pub(super) fn as_told(
        &self,
        random: &mut Random,
        exact: bool,
        day: NaiveDate,
        residence: &str,
        home: &str,
    ) -> Value {
        let sex = if self.female { "female" } else { "male" };
        if !exact && random.chance(7) {
            // Somebody saw a child that they do not know.
            let sex = if random.chance(40) { "unknown" } else { sex };
            return json!({ "birth": { "estimated_age": self.age(day).max(1) }, "sex": sex });
        }
        let birth = match random.between(1, 10) {
            _ if exact => json!({ "date": self.born }),
            1 => Value::Null,
            2 | 3 => json!({ "estimated_age": self.age(day) }),
            _ => json!({ "date": self.born }),
        };
        let number =
            (birth.get("date").is_some() && random.chance(35)).then(|| self.number(random));
        json!({
            "name": self.name,
            "birth": birth,
            "sex": sex,
            "personal_id": number,
            "residence_unit": residence,
            "address": random.chance(70).then_some(home),
        })
    }

    /// A personal number of the right shape that nobody can have: no province is number 099.
    fn number(&self, random: &mut Random) -> String {
        let century = if self.born.year() < 2000 { 0 } else { 2 } + i32::from(self.female);
        let year = self.born.year() % 100;
        format!("099{century}{year:02}{:06}", random.between(1, 999_999))
    }
}
