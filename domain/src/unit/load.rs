//! Reading the shipped files, and building the register: units, their places above and below, their
//! successions. Once, on first use.

use chrono::NaiveDate;

use super::{Level, Share, Unit, Units};

impl Units {
    /// The register of the shipped files.
    pub(super) fn load() -> Self {
        let mut units = Self::default();
        for [id, level, code, name, parent, from, to, act] in
            rows(include_str!("../../units/versions.csv"))
        {
            let text = |cell: &str| (!cell.is_empty()).then(|| cell.to_owned());
            let level = match level {
                "province" => Level::Province,
                "district" => Level::District,
                _ => Level::Commune,
            };
            let parent = units.by_id.get(parent).copied();
            units.add(
                Unit {
                    id: id.to_owned(),
                    code: text(code),
                    name: name.to_owned(),
                    level,
                    parent: None,
                    from: day(from),
                    to: day(to),
                    act: text(act),
                },
                parent,
            );
        }
        units.shipped = units.all.len();
        for [old, new, share] in rows(include_str!("../../units/successions.csv")) {
            let share = if share == "part" {
                Share::Part
            } else {
                Share::Whole
            };
            if let (Some(&old), Some(&new)) = (units.by_id.get(old), units.by_id.get(new)) {
                units.succeed(old, new, share);
            }
        }
        units
    }

    /// Adds a unit below `above`, which stands in the register already.
    pub(super) fn add(&mut self, mut unit: Unit, above: Option<usize>) -> usize {
        let place = self.all.len();
        unit.parent = above.map(|above| self.all[above].reference().to_owned());
        self.by_id.insert(unit.id.clone(), place);
        if let Some(code) = &unit.code {
            let places = self.by_code.entry(code.clone()).or_default();
            let behind = places.partition_point(|at| self.all[*at].from <= unit.from);
            places.insert(behind, place);
        }
        if let Some(above) = above {
            self.below[above].push(place);
        }
        self.all.push(unit);
        self.above.push(above);
        self.below.push(Vec::new());
        self.successors.push(Vec::new());
        self.predecessors.push(Vec::new());
        place
    }

    /// The unit at `old` went to the unit at `new`.
    pub(super) fn succeed(&mut self, old: usize, new: usize, share: Share) {
        self.successors[old].push((new, share));
        self.predecessors[new].push((old, share));
    }
}

fn day(cell: &str) -> Option<NaiveDate> {
    cell.parse().ok()
}

/// The rows of a plain comma-separated file without quotes, after its heading.
fn rows<const N: usize>(csv: &str) -> impl Iterator<Item = [&str; N]> {
    csv.lines().skip(1).filter_map(|line| {
        let mut cells = line.split(',');
        let row = std::array::from_fn(|_| cells.next().unwrap_or_default());
        cells.next().is_none().then_some(row)
    })
}
