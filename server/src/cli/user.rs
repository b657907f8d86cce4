//! `noi user`: create, disable, reset and list accounts.

use clap::Subcommand;
use domain::identity::Role;
use eventstore::Database;

use super::{CommandError, say};
use crate::access::{Account, Passwords, account, generate_password, reminders};
use crate::clock::{Clock, SystemClock};
use crate::ids::{Ids, RandomIds};
use crate::language::Language;
use crate::settings::Settings;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Create an account and print its generated password
    Create {
        /// Name to sign in with
        username: String,
        /// In what capacity the person acts, for example commune-officer
        #[arg(long, value_parser = parse_role)]
        role: Role,
        /// Code of the unit they act in, for example 19111
        #[arg(long)]
        unit: String,
        /// The person's name as shown
        #[arg(long)]
        name: String,
        /// The agency they act for, where role and unit do not say it
        #[arg(long)]
        agency: Option<String>,
        /// Language of their pages: vi or en
        #[arg(long, default_value = "vi", value_parser = parse_language)]
        language: Language,
        /// Where their reminders go by mail
        #[arg(long, value_parser = parse_mail)]
        mail: Option<String>,
    },
    /// Close an account: it can no longer sign in, and its sessions end
    Disable {
        /// Name of the account
        username: String,
    },
    /// Give an account a new generated password, print it, and open the account again
    Reset {
        /// Name of the account
        username: String,
    },
    /// List all accounts
    List,
}

fn parse_role(name: &str) -> Result<Role, String> {
    Role::parse(name)
        .filter(|role| *role != Role::System)
        .ok_or_else(|| {
            let names: Vec<&str> = Role::PEOPLE.iter().map(|role| role.name()).collect();
            format!("the roles are {}", names.join(", "))
        })
}

fn parse_language(code: &str) -> Result<Language, String> {
    Language::parse(code).ok_or_else(|| "the languages are vi and en".to_owned())
}

fn parse_mail(text: &str) -> Result<String, String> {
    reminders::check_mail(text).map_err(|error| error.to_string())
}

pub(super) async fn run(settings: Settings, command: Command) -> Result<(), CommandError> {
    let database = Database::connect(&settings.database_url).await?;
    database.migrate().await?;
    match command {
        Command::Create {
            username,
            role,
            unit,
            name,
            agency,
            language,
            mail,
        } => {
            let username = account::fold_username(&username)?;
            let password = generate_password()?;
            let new = Account {
                id: RandomIds.next(),
                username: username.clone(),
                password_hash: Passwords::new()?.hash(password.clone()).await?,
                display_name: name,
                role,
                unit,
                agency,
                language,
                disabled_at: None,
                created_at: SystemClock.now(),
            };
            account::create(&database, &new).await?;
            if mail.is_some() {
                let now = new.created_at;
                reminders::set_mail(&database, new.id, mail.as_deref(), now).await?;
            }
            let (role, unit) = (role.name(), new.unit);
            say(format_args!("account {username} {password} {role} {unit}"))?;
        }
        Command::Disable { username } => {
            account::disable(&database, &username, SystemClock.now()).await?;
            say(format_args!("disabled {username}"))?;
        }
        Command::Reset { username } => {
            let password = generate_password()?;
            let hash = Passwords::new()?.hash(password.clone()).await?;
            account::reset(&database, &username, &hash).await?;
            say(format_args!("reset {username} {password}"))?;
        }
        Command::List => {
            for account in account::list(&database).await? {
                let open = if account.disabled_at.is_some() {
                    "disabled"
                } else {
                    "open"
                };
                say(format_args!(
                    "{} {} {} {open}",
                    account.username,
                    account.role.name(),
                    account.unit
                ))?;
            }
        }
    }
    Ok(())
}
