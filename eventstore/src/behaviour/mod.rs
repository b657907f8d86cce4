//! How a log behaves, whichever database it stands on. Each database calls the whole suite with
//! [`behaviour_suite!`](crate::behaviour_suite); each name is a sentence that says what holds.

mod appending;
mod closing;
mod commands;
mod concurrency;
mod content;
mod following;
mod protection;
mod reading;
mod several;
mod several_at_once;
mod world;

pub use appending::*;
pub use closing::*;
pub use commands::*;
pub use concurrency::*;
pub use content::*;
pub use following::*;
pub use protection::*;
pub use reading::*;
pub use several::*;
pub use several_at_once::*;
pub use world::World;

/// Makes a test of each sentence of the suite. `$world` is a function without arguments that returns
/// a future of a [`World`].
#[macro_export]
macro_rules! behaviour_suite {
    ($world:path) => {
        $crate::behaviour_suite! { $world =>
            events_get_positions_and_versions_in_the_order_of_appending,
            an_append_without_events_is_refused,
            a_stream_that_is_there_is_not_begun_again,
            a_version_that_is_not_the_last_is_refused_with_the_last,
            any_version_is_admitted_when_asked_so,
            a_refused_append_leaves_no_gap,
            an_event_id_that_is_there_is_refused_without_harm_to_others,
            appends_of_the_same_kind_do_not_mix_streams,

            a_command_sent_again_returns_its_first_result,
            a_command_sent_again_after_others_wrote_returns_its_first_result,
            a_command_sent_again_beside_a_new_one_is_not_taken_for_a_conflict,
            a_command_id_used_for_something_else_is_refused,
            a_command_that_was_refused_may_be_sent_again,
            a_command_sent_many_times_at_once_is_carried_out_once,
            a_command_can_be_found_by_its_id,

            a_command_appends_to_several_streams,
            a_part_without_events_only_checks_its_version,
            a_part_that_conflicts_leaves_nothing_of_the_others,
            of_several_conflicts_the_first_one_is_named,
            a_command_of_several_streams_sent_again_returns_all_its_parts,
            the_same_command_id_with_other_streams_is_refused,
            a_command_of_one_stream_stands_where_it_always_stood,
            a_command_of_an_earlier_program_has_one_part,
            an_event_id_that_is_there_refuses_all_parts,
            parts_that_are_wrong_in_themselves_are_refused,

            commands_of_several_streams_share_a_group_with_others,
            commands_with_the_same_streams_in_opposite_order_all_get_their_turn,
            a_condition_holds_against_writers_of_another_store,
            a_caller_who_goes_away_leaves_all_parts_or_none,

            facts_and_personal_part_are_kept_byte_for_byte,
            every_field_comes_back_as_it_was,
            instants_are_cut_to_microseconds,
            large_events_are_kept,
            what_is_not_valid_is_refused_before_it_is_stored,

            everything_is_read_in_order_and_in_portions,
            a_stream_is_read_from_a_version_on,
            a_long_log_is_read_page_by_page,
            what_is_not_there_is_empty,
            a_store_opened_later_sees_everything,

            a_subscriber_catches_up_and_then_follows,
            a_subscriber_begins_behind_the_position_it_names,
            a_subscriber_sees_every_position_once_while_64_writers_write,
            a_subscriber_is_woken_by_another_store_on_the_same_database,

            of_64_writers_who_expect_the_same_version_one_wins,
            writers_who_try_again_all_get_their_turn,
            two_stores_on_one_database_leave_no_gap,
            a_lone_writer_in_each_of_two_stores_loses_nothing,
            a_caller_who_goes_away_leaves_a_whole_append_or_none,

            the_application_cannot_change_or_remove_events,
            the_application_cannot_change_or_remove_commands,
            an_event_cannot_be_replaced,

            closing_finishes_what_was_accepted,
            a_closed_store_accepts_nothing,
            subscriptions_end_when_the_store_is_closed,
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
