//! The forms in which events were ever stored: what they read as today, what may stand among their facts,
//! and that a correction means the same before and after a step to the next form.

mod corrections;
mod free_text;
mod golden;
