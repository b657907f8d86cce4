//! The server through real HTTP.

mod api;
mod locales;
mod pages;
mod support;
mod throttling;
