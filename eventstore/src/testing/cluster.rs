//! A throwaway PostgreSQL cluster: made in a temporary folder, reached over a socket in it, and gone
//! with the process that asked for it, however that ends.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

use sqlx::{Connection, Executor};

/// The keeper of a cluster: makes it, obeys the lines of its standard input, and removes the cluster
/// when that is closed. Since the system closes it when the process ends, no cluster is left behind
/// by a test that panics or is killed.
const KEEPER: &str = r#"
trap '' INT TERM HUP
bin=$1
settings=$2
folder=$(mktemp -d "${TMPDIR:-/tmp}/noi-postgres.XXXXXX") || exit 1
cd "$folder"
start() { "$bin/pg_ctl" --pgdata="$folder/data" --log="$folder/log" --wait --silent \
    --options="-k $folder -c listen_addresses= $settings" start </dev/null >>"$folder/pg_ctl" 2>&1; }
stop() { "$bin/pg_ctl" --pgdata="$folder/data" --mode=immediate --wait --silent stop >/dev/null 2>&1; }
answer() { if "$@"; then echo ok; else echo failed; fi; }
if "$bin/initdb" --pgdata="$folder/data" --username=noi --auth=trust --encoding=UTF8 \
    --locale=C.UTF-8 --no-sync >"$folder/initdb" 2>&1 && start
then echo "$folder"
else cat "$folder"/initdb "$folder"/pg_ctl "$folder"/log >&2; echo; fi
while read -r order; do
    case $order in
        start) answer start ;;
        stop) answer stop ;;
    esac
done
stop
rm -rf "$folder"
"#;

/// How much the cluster does for what it acknowledged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// As in service: survives power loss. For measurements.
    Full,
    /// Survives the end of any process, but not of the machine. For tests.
    Process,
}

/// Why there is no cluster.
#[derive(Debug, thiserror::Error)]
pub enum ClusterError {
    /// The programs are missing.
    #[error(
        "initdb is neither in PATH nor in /usr/lib/postgresql/*/bin: \
         install PostgreSQL 15 or later (on Debian: apt install postgresql)"
    )]
    NotInstalled,
    /// The keeper of the cluster could not be started.
    #[error("the keeper of the cluster cannot be started")]
    Keeper(#[source] std::io::Error),
    /// The cluster could not be made or started; its own words are on standard error.
    #[error("the cluster cannot be started; see its messages above")]
    Start,
}

/// A running cluster.
#[derive(Debug)]
pub struct Cluster {
    folder: PathBuf,
    keeper: Mutex<Keeper>,
    databases: AtomicU32,
}

#[derive(Debug)]
struct Keeper {
    process: Child,
    orders: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Cluster {
    /// Makes and starts a cluster of its own.
    ///
    /// # Errors
    /// [`ClusterError`] when PostgreSQL is not installed or does not start.
    pub fn start(durability: Durability) -> Result<Self, ClusterError> {
        let bin = find_programs().ok_or(ClusterError::NotInstalled)?;
        let settings = match durability {
            Durability::Full => "-c max_connections=200 -c max_wal_size=4GB",
            Durability::Process => "-c max_connections=400 -c fsync=off -c shared_buffers=32MB",
        };
        let mut command = as_ordinary_user("sh");
        let mut process = command
            .args(["-c", KEEPER, "keeper"])
            .arg(bin)
            .arg(settings)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .map_err(ClusterError::Keeper)?;
        let orders = process.stdin.take();
        let answers = process.stdout.take().ok_or(ClusterError::Start)?;
        let mut keeper = Keeper {
            process,
            orders,
            answers: BufReader::new(answers),
        };
        let folder = keeper.answer().map_err(ClusterError::Keeper)?;
        if folder.is_empty() {
            return Err(ClusterError::Start);
        }
        Ok(Self {
            folder: folder.into(),
            keeper: Mutex::new(keeper),
            databases: AtomicU32::new(0),
        })
    }

    /// The cluster that all tests of this process share.
    ///
    /// # Panics
    /// When there is none: a test that cannot run has not passed.
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<Cluster> = OnceLock::new();
        SHARED.get_or_init(|| {
            Self::start(Durability::Process).unwrap_or_else(|error| panic!("{error}"))
        })
    }

    /// The address of a database of this cluster, as the superuser `noi`.
    #[must_use]
    pub fn url(&self, database: &str) -> String {
        self.url_as("noi", database)
    }

    /// The address of a database of this cluster, as that user.
    #[must_use]
    pub fn url_as(&self, user: &str, database: &str) -> String {
        format!(
            "postgres://{user}@localhost/{database}?host={}",
            self.folder.display()
        )
    }

    /// Makes an empty database and returns its address.
    ///
    /// # Panics
    /// When the cluster does not make it.
    pub async fn fresh_database(&self) -> String {
        let name = format!("noi_{}", self.databases.fetch_add(1, Ordering::Relaxed));
        self.execute("postgres", &format!("CREATE DATABASE {name}"))
            .await;
        self.url(&name)
    }

    /// Runs statements as the superuser.
    ///
    /// # Panics
    /// When the cluster refuses them.
    pub async fn execute(&self, database: &str, sql: &str) {
        let mut connection = sqlx::PgConnection::connect(&self.url(database))
            .await
            .expect("the throwaway cluster answers");
        connection
            .execute(sqlx::raw_sql(sqlx::AssertSqlSafe(sql)))
            .await
            .unwrap_or_else(|error| panic!("{sql}: {error}"));
        connection
            .close()
            .await
            .expect("the throwaway cluster answers");
    }

    /// Stops the server at once, as a crash would.
    ///
    /// # Panics
    /// When it does not stop.
    pub fn stop_server(&self) {
        self.order("stop");
    }

    /// Starts the server again after [`Self::stop_server`].
    ///
    /// # Panics
    /// When it does not start.
    pub fn start_server(&self) {
        self.order("start");
    }

    fn order(&self, order: &str) {
        let mut keeper = self.keeper.lock().unwrap_or_else(PoisonError::into_inner);
        let answer = keeper
            .order(order)
            .expect("the keeper of the cluster answers");
        assert_eq!(answer, "ok", "the cluster does not {order}");
    }
}

impl Keeper {
    fn order(&mut self, order: &str) -> std::io::Result<String> {
        if let Some(orders) = &mut self.orders {
            writeln!(orders, "{order}")?;
            orders.flush()?;
        }
        self.answer()
    }

    fn answer(&mut self) -> std::io::Result<String> {
        let mut line = String::new();
        self.answers.read_line(&mut line)?;
        Ok(line.trim_end().to_owned())
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        self.orders = None;
        let _ = self.process.wait();
    }
}

fn find_programs() -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let installed = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten();
    let mut versions: Vec<PathBuf> = installed.map(|entry| entry.path().join("bin")).collect();
    // The newest first: folders are named by version.
    versions.sort_by_key(|bin| {
        let version = bin
            .parent()
            .and_then(Path::file_name)
            .and_then(|name| name.to_str());
        std::cmp::Reverse(version.and_then(|version| version.parse::<u32>().ok()))
    });
    std::env::split_paths(&path)
        .chain(versions)
        .find(|bin| bin.join("initdb").is_file())
}

/// PostgreSQL refuses to run as root: there it runs as the user `postgres` that its package made.
fn as_ordinary_user(program: &str) -> Command {
    let id = Command::new("id").arg("-u").output();
    let is_root = id.is_ok_and(|output| output.stdout.trim_ascii() == b"0");
    if is_root {
        let mut command = Command::new("setpriv");
        command.args([
            "--reuid=postgres",
            "--regid=postgres",
            "--clear-groups",
            program,
        ]);
        command
    } else {
        Command::new(program)
    }
}
