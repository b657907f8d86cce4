//! The server through real HTTP.

mod account;
mod acts;
mod agencies;
mod api;
mod calendar;
mod demo;
mod drafts;
mod faults;
mod fixture;
mod forms;
mod leaving;
mod locales;
mod mail;
mod names;
mod notices;
mod pages;
mod postgres;
mod posts;
mod reading;
mod readings;
mod responsibility;
mod same_child;
mod several_streams;
mod succession;
mod support;
mod throttling;
