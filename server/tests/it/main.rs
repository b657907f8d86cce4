//! The server through real HTTP.

mod acts;
mod api;
mod demo;
mod forms;
mod locales;
mod pages;
mod postgres;
mod reading;
mod succession;
mod responsibility;
mod support;
mod throttling;
