//! `noi user`: create, disable, reset and list accounts; move officers, let deputies act for others.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use clap::Subcommand;
use domain::identity::{Post, Role};
use domain::time::{Date, Instant, Moment};
use domain::unit::Units;
use domain::unit::refuse_ended;
use eventstore::{Database, EventStore};
use uuid::Uuid;

use super::{CommandError, say};
use crate::access::{AccessError, Account, Passwords, account, generate_password, reminders};
use crate::application::{NewDeputy, PostBook, PostError, Sender};
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
    /// End the post of an officer and give the next one from now on; their sessions end
    Move {
        /// Name of the account
        username: String,
        /// The new role
        #[arg(long, value_parser = parse_role)]
        role: Role,
        /// Code of the new unit
        #[arg(long)]
        unit: String,
        /// The agency they act for, where role and unit do not say it
        #[arg(long)]
        agency: Option<String>,
    },
    /// Let one officer act on behalf of another for a time
    Substitute {
        /// Account of the deputy
        deputy: String,
        /// Account of the officer who is substituted
        #[arg(long = "for", value_name = "PRINCIPAL")]
        principal: String,
        /// First day or instant, for example 2026-03-02 [default: now]
        #[arg(long, value_parser = parse_moment)]
        from: Option<Moment>,
        /// Last day, or the instant at which it ends
        #[arg(long, value_parser = parse_moment)]
        until: Moment,
        /// Number of the act of authorisation, for example 12/QĐ-UBND
        #[arg(long, value_name = "NUMBER")]
        act: String,
    },
    /// End the substitutions of a deputy, or those for one principal
    EndSubstitution {
        /// Account of the deputy
        deputy: String,
        /// Only those for this officer
        #[arg(long = "for", value_name = "PRINCIPAL")]
        principal: Option<String>,
    },
    /// List every post that an officer ever had: from, until, role, unit, kind of agency
    Posts {
        /// Name of the account
        username: String,
    },
}

fn parse_moment(text: &str) -> Result<Moment, String> {
    let day = || Date::parse(text).map(Moment::On);
    day()
        .or_else(|_| Instant::parse(text).map(Moment::At))
        .map_err(|_| "it must be a day like 2026-03-02 or an instant with offset".to_owned())
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
    let units = settings.register()?;
    let database = Database::connect(&settings.database_url).await?;
    database.migrate().await?;
    let store = EventStore::open(database);
    let result = carry_out(&store, &units, command).await;
    store.close().await;
    result
}

async fn carry_out(
    store: &EventStore,
    units: &Arc<Units>,
    command: Command,
) -> Result<(), CommandError> {
    let database = store.database();
    let now = SystemClock.now();
    let book = PostBook::new(store, &RandomIds, units, now);
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
            standing_unit(units, &unit, now)?;
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
                created_at: now,
            };
            account::create(database, &new).await?;
            if mail.is_some() {
                reminders::set_mail(database, new.id, mail.as_deref(), now).await?;
            }
            let (role, unit) = (role.name(), new.unit);
            say(format_args!("account {username} {password} {role} {unit}"))?;
        }
        Command::Disable { username } => {
            let account = find(database, &username).await?;
            account::disable(database, &username, now).await?;
            book.leave(&account, Sender::System).await.map_err(failed)?;
            say(format_args!("disabled {username}"))?;
        }
        Command::Reset { username } => {
            let account = find(database, &username).await?;
            let password = generate_password()?;
            let hash = Passwords::new()?.hash(password.clone()).await?;
            account::reset(database, &username, &hash).await?;
            if account.disabled_at.is_some() {
                book.rejoin(&account, Sender::System)
                    .await
                    .map_err(failed)?;
            }
            say(format_args!("reset {username} {password}"))?;
        }
        Command::List => list(database).await?,
        Command::Move {
            username,
            role,
            unit,
            agency,
        } => {
            standing_unit(units, &unit, now)?;
            let account = find(database, &username).await?;
            book.move_to(&account, role, &unit, agency, Sender::System)
                .await
                .map_err(failed)?;
            let role = role.name();
            say(format_args!("moved {} {role} {unit}", account.username))?;
        }
        Command::Substitute {
            deputy,
            principal,
            from,
            until,
            act,
        } => {
            let deputy = find(database, &deputy).await?;
            let principal = find(database, &principal).await?;
            let new = NewDeputy::between(from, Some(until), act, Instant::new(now));
            let id = book
                .substitute(&deputy, &principal, new, Sender::System)
                .await
                .map_err(failed)?;
            let (deputy, principal) = (deputy.username, principal.username);
            say(format_args!("substitution {id} {deputy} for {principal}"))?;
        }
        Command::EndSubstitution { deputy, principal } => {
            let deputy = find(database, &deputy).await?;
            let principal = match principal {
                Some(name) => Some(find(database, &name).await?.id),
                None => None,
            };
            end_substitutions(&book, &deputy, principal, Instant::new(now)).await?;
        }
        Command::Posts { username } => {
            let account = find(database, &username).await?;
            for post in book.of(&account).await.map_err(failed)?.all {
                say(line(&post))?;
            }
        }
    }
    Ok(())
}

/// Refuses a unit that the register does not have, and one that has ended, with its successors.
fn standing_unit(units: &Units, unit: &str, now: DateTime<Utc>) -> Result<(), CommandError> {
    if units.knows(unit) {
        let stands = refuse_ended(units, unit, Instant::new(now).date());
        return stands.map_err(|ended| CommandError::Usage(ended.message.en.clone()));
    }
    Err(CommandError::Usage(format!(
        "there is no unit {unit}; units are named by their code, for example 19111, and those that \
         are not shipped come by --units"
    )))
}

async fn list(database: &Database) -> Result<(), CommandError> {
    for account in account::list(database).await? {
        let open = if account.disabled_at.is_some() {
            "disabled"
        } else {
            "open"
        };
        let (name, role) = (&account.username, account.role.name());
        say(format_args!("{name} {role} {} {open}", account.unit))?;
    }
    Ok(())
}

async fn end_substitutions(
    book: &PostBook<'_>,
    deputy: &Account,
    principal: Option<Uuid>,
    now: Instant,
) -> Result<(), CommandError> {
    let posts = book.of(deputy).await.map_err(failed)?;
    let lasting = posts.all.iter().filter(|post| {
        let held = post.substitution.as_ref();
        held.is_some_and(|held| principal.is_none_or(|only| only == held.principal))
            && post.until.is_none_or(|until| now < until)
    });
    let mut ended = 0;
    for post in lasting {
        book.end(deputy, post.id, Sender::System)
            .await
            .map_err(failed)?;
        say(format_args!("ended substitution {}", post.id))?;
        ended += 1;
    }
    if ended == 0 {
        let name = &deputy.username;
        return Err(CommandError::Wrong(format!(
            "{name} has no such substitution"
        )));
    }
    Ok(())
}

/// One post in one line: what is fixed first, what people wrote last.
fn line(post: &Post) -> String {
    let until = post
        .until
        .map_or_else(|| "-".to_owned(), |until| until.to_string());
    let (role, kind) = (post.role.name(), post.agency.kind.name());
    let mut line = format!("{} {until} {role} {} {kind}", post.from, post.unit);
    if let Some(name) = &post.agency.name {
        line.push_str(&format!(" ({name})"));
    }
    if let Some(held) = &post.substitution {
        line.push_str(&format!(" for {}, {}", held.name, held.act));
    }
    line
}

async fn find(database: &Database, username: &str) -> Result<Account, CommandError> {
    let found = account::find(database, username).await?;
    Ok(found.ok_or(AccessError::NoSuchAccount)?)
}

fn failed(error: PostError) -> CommandError {
    match error {
        PostError::Rejected(refusal) => {
            CommandError::Wrong(format!("{} ({})", refusal.message.en, refusal.code))
        }
        PostError::Conflict { .. } => CommandError::Wrong(
            "somebody else changed the posts of this officer meanwhile; look again".to_owned(),
        ),
        error => CommandError::Failed(Box::new(error)),
    }
}
