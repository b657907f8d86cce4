//! The server through real HTTP.

mod api;
mod forms;
mod locales;
mod pages;
mod support;
mod throttling;
