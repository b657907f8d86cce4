//! A database for one test, on either of the two.

use eventstore::testing::{Cluster, SqliteFile};

/// A database that goes with the test.
#[derive(Debug)]
pub enum Place {
    /// A file in a folder of its own.
    Sqlite(SqliteFile),
    /// A database of the cluster that all tests share.
    Postgres(String),
}

impl Place {
    /// An empty SQLite database.
    #[must_use]
    pub fn sqlite() -> Self {
        Self::Sqlite(SqliteFile::new())
    }

    /// An empty PostgreSQL database.
    pub async fn postgres() -> Self {
        Self::Postgres(Cluster::shared().fresh_database().await)
    }

    /// An empty database of the same kind.
    pub async fn another(&self) -> Self {
        match self {
            Self::Sqlite(_) => Self::sqlite(),
            Self::Postgres(_) => Self::postgres().await,
        }
    }

    /// Its address.
    #[must_use]
    pub fn url(&self) -> String {
        match self {
            Self::Sqlite(file) => file.url(),
            Self::Postgres(url) => url.clone(),
        }
    }
}

/// Makes each test function, which takes a [`Place`], into two tests, one for each database.
#[macro_export]
macro_rules! on_both_databases {
    ($($test:ident),+ $(,)?) => {
        mod sqlite {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $test() {
                    super::$test($crate::Place::sqlite()).await;
                }
            )+
        }

        mod postgres {
            $(
                #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
                async fn $test() {
                    super::$test($crate::Place::postgres().await).await;
                }
            )+
        }
    };
}
