//! Sessions of programs.

pub(super) mod create;
pub(super) mod delete;
