//! The server through real HTTP.

mod acts;
mod agencies;
mod api;
mod calendar;
mod demo;
mod forms;
mod locales;
mod pages;
mod postgres;
mod reading;
mod responsibility;
mod succession;
mod support;
mod throttling;
