//! How a log behaves, whichever database it stands on. Each database calls the whole suite with
//! [`behaviour_suite!`](crate::behaviour_suite).

mod appending;
mod world;

pub use appending::*;
pub use world::World;

/// Makes a test of each sentence of the suite. `$world` is a function without arguments that returns
/// a future of a [`World`].
#[macro_export]
macro_rules! behaviour_suite {
    ($world:path) => {
        $crate::behaviour_suite! { $world =>
            events_get_positions_and_versions_in_the_order_of_appending,
        }
    };
    ($world:path => $($sentence:ident,)*) => {
        $(
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $sentence() {
                $crate::behaviour::$sentence($world().await).await;
            }
        )*
    };
}
