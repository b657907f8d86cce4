//! What the commands of this chapter share.

pub(super) mod referral;
pub(super) mod service;
