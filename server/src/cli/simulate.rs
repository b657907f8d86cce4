//! `noi simulate FILE`: plays a scenario through the real domain on a log in memory and prints what
//! came of it as JSON. Needs no server and no database.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use domain::calendar::Calendar;
use domain::case::Procedure;
use domain::scenario::Scenario;
use domain::unit::Units;

use super::{CommandError, say};

pub(super) fn run(file: &Path, units: &Arc<Units>) -> Result<(), CommandError> {
    let text = read(file)?;
    let wrong = |what: String| CommandError::Scenario {
        file: file.to_owned(),
        what,
    };
    let scenario = Scenario::from_json(&text).map_err(|error| wrong(error.to_string()))?;
    let procedure = procedure(&scenario.procedure, file, units)?;
    let answer = scenario
        .play(&procedure, &Calendar::shipped())
        .map_err(|error| wrong(error.to_string()))?;
    let answer = serde_json::to_string_pretty(&answer).map_err(|error| wrong(error.to_string()))?;
    say(answer)
}

/// A shipped procedure by its name, or a procedure file by its path: beside the scenario, or as
/// seen from the working folder.
fn procedure(
    name: &str,
    scenario: &Path,
    units: &Arc<Units>,
) -> Result<Arc<Procedure>, CommandError> {
    let shipped = Procedure::SHIPPED.iter().find(|(known, _)| *known == name);
    let (file, text) = match shipped {
        Some((known, text)) => (PathBuf::from(known), (*text).to_owned()),
        None => {
            let beside = scenario.parent().unwrap_or(Path::new("")).join(name);
            let file = if beside.exists() {
                beside
            } else {
                PathBuf::from(name)
            };
            if !file.exists() {
                return Err(CommandError::Scenario {
                    file: scenario.to_owned(),
                    what: format!(
                        "the scenario is wrong at /procedure: {name} is neither a shipped \
                         procedure nor a file"
                    ),
                });
            }
            let text = read(&file)?;
            (file, text)
        }
    };
    Procedure::parse(&text, units)
        .map(Arc::new)
        .map_err(|error| CommandError::Scenario {
            file,
            what: error.to_string(),
        })
}

fn read(file: &Path) -> Result<String, CommandError> {
    std::fs::read_to_string(file).map_err(|source| CommandError::Io {
        doing: format!("cannot read {}", file.display()),
        source,
    })
}
