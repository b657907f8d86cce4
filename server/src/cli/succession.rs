//! `noi succession`: when units have ended, which open cases pass to their successors, and passing
//! on those where that is clear.

use std::io::Write as _;
use std::time::Duration;

use chrono::NaiveDate;
use clap::Subcommand;
use domain::unit::{Unit, Units};
use eventstore::Database;
use projections::Seen;

use super::CommandError;
use crate::application::{Application, DueRow, Sender, SuccessionPlan};
use crate::clock::SystemClock;
use crate::ids::RandomIds;
use crate::rules::Rules;
use crate::settings::Settings;

/// How long it waits for the read models to know every case.
const READ_MODELS_WITHIN: Duration = Duration::from_secs(600);

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Print which open cases pass to which unit; writes nothing
    Plan {
        /// By the units of this day, for example 2025-07-01 [default: today]
        #[arg(long, value_name = "DATE")]
        on: Option<NaiveDate>,
    },
    /// Pass the clear ones on, as the system; those of divided units are left for a person
    Apply {
        /// By the units of this day [default: today]
        #[arg(long, value_name = "DATE")]
        on: Option<NaiveDate>,
    },
}

pub(super) async fn run(settings: Settings, command: Command) -> Result<(), CommandError> {
    let database = Database::connect(&settings.database_url).await?;
    database.migrate().await?;
    let application = Application::start(
        database,
        Rules::load(&settings)?,
        std::sync::Arc::new(SystemClock),
        std::sync::Arc::new(RandomIds),
    );
    let result = answer(&application, command).await;
    application.close().await;
    result
}

async fn answer(application: &Application, command: Command) -> Result<(), CommandError> {
    let head = application.store.head().await.map_err(failed)?;
    if !application
        .projections
        .wait_for(head, READ_MODELS_WITHIN)
        .await
    {
        return Err(CommandError::Wrong(
            "the read models do not follow the log".to_owned(),
        ));
    }
    let today = application.now().date();
    let (Command::Plan { on } | Command::Apply { on }) = command;
    let on = on.unwrap_or(today);
    if matches!(command, Command::Apply { .. }) && on > today {
        return Err(CommandError::Usage(
            "--on lies in the future: nothing passes before its day".to_owned(),
        ));
    }
    let plan = application
        .succession_plan(Seen::All, on)
        .await
        .map_err(failed)?;
    match command {
        Command::Plan { .. } => print(application.units(), &plan),
        Command::Apply { .. } => {
            let carried = application
                .carry_out(&Sender::System, &plan)
                .await
                .map_err(failed)?;
            let mut out = std::io::stdout().lock();
            for row in plan.divided() {
                let _ = writeln!(out, "{}", line(application.units(), row));
            }
            let left = plan.divided().count();
            for (number, rejection) in &carried.refused {
                let why = &rejection.message.en;
                let _ = writeln!(out, "{number}  refused ({}): {why}", rejection.code);
            }
            let _ = writeln!(
                out,
                "passed on: {}, had passed already: {}, left for a person: {left}, refused: {}",
                carried.done,
                carried.before,
                carried.refused.len()
            );
            if !carried.refused.is_empty() {
                return Err(CommandError::Wrong("some were refused".to_owned()));
            }
        }
    }
    Ok(())
}

fn failed(error: impl std::error::Error + Send + Sync + 'static) -> CommandError {
    CommandError::Failed(Box::new(error))
}

fn print(units: &Units, plan: &SuccessionPlan<'_>) {
    let mut out = std::io::stdout().lock();
    for row in &plan.rows {
        // Whoever reads only the beginning has closed the rest.
        if writeln!(out, "{}", line(units, row)).is_err() {
            return;
        }
    }
    let _ = writeln!(
        out,
        "open cases: {}, clear: {}, for a person to choose: {}",
        plan.looked_at,
        plan.clear().count(),
        plan.divided().count()
    );
}

/// `2025-000012  19114 Thị trấn NT Việt Trung  ->  19138 …`.
fn line(units: &Units, row: &DueRow<'_>) -> String {
    let named = |unit: &Unit| format!("{} {}", unit.reference(), units.full_name(unit));
    let names: Vec<_> = row.due.to.iter().map(|unit| named(unit)).collect();
    let to = match row.due.clear() {
        Some(_) => names.concat(),
        None => format!("divided: choose one of {}", names.join("; ")),
    };
    format!("{}  {}  ->  {to}", row.number, named(row.due.from))
}
