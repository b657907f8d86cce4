//! The server through real HTTP.

mod acts;
mod agencies;
mod api;
mod calendar;
mod demo;
mod forms;
mod locales;
mod mail;
mod notices;
mod pages;
mod postgres;
mod posts;
mod reading;
mod readings;
mod responsibility;
mod succession;
mod support;
mod throttling;
