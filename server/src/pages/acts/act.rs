//! What an act is: a command of a case with its form, and what surrounds it on the page.

use chrono::NaiveDate;
use domain::case::{
    CaseState, Command, Context, Item, ItemState, ReferralState, ReferralStatus, Rejection,
    Standing,
};
use domain::identity::Post;
use domain::text::Code;
use domain::time::Instant;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::access::{Account, Officer};
use crate::application::{Application, CaseFile};
use crate::language::Language;
use crate::pages::case::things::{Kind, Things};
use crate::pages::components::{DataTable, SummaryRow};
use crate::pages::form::{Choice, Fault, Field, Form, Section, Values};
use crate::pages::words;
use crate::units::UnitRegister;

/// Everything that a form may depend on.
#[derive(Clone, Copy)]
pub struct Scene<'a> {
    /// The case.
    pub file: &'a CaseFile,
    /// Who looks at it.
    pub officer: &'a Officer,
    /// The law and the calendar.
    pub application: &'a Application,
    /// Who can be put in charge, where the act asks for it.
    pub colleagues: &'a [Account],
    /// The substitutions that run in the officer's unit, where the act is about colleagues.
    pub substitutions: &'a [Post],
    /// The names of units.
    pub units: &'a UnitRegister,
    /// What the things of the case are called.
    pub things: &'a Things,
    /// The language of the page.
    pub language: Language,
    /// The item of the plan or the referral that the address names.
    pub item: Option<&'a str>,
    /// The event and the value in it that the address names.
    pub event: Option<(Uuid, &'a str)>,
    /// A fresh id for what the act begins.
    pub new_id: Uuid,
}

/// One act: a command with its form.
#[derive(Debug, Clone, Copy)]
pub struct Act {
    /// The command.
    pub command: &'static str,
    /// The steps of the procedure that it serves. The first that is open explains why the act is
    /// due and by when.
    pub steps: &'static [&'static str],
    /// The article of law where no step names it.
    pub basis: &'static str,
    /// The form.
    pub form: fn(&Scene<'_>) -> Form,
    /// The least command that the procedure would take now. It is only decided, never sent: it stands in
    /// for answers that are missing while the others are tried.
    pub trial: fn(&Scene<'_>) -> Value,
    /// What stands in a fresh form.
    pub fresh: fn(&Scene<'_>) -> Values,
    /// Gives what the act begins another id where somebody else took it meanwhile.
    pub renew: fn(&Scene<'_>, &mut Values),
    /// Puts together what several questions ask for one field of the command.
    pub finish: fn(&Scene<'_>, &mut Value) -> Vec<Fault>,
    /// What one has to see beside the form.
    pub about: fn(&Scene<'_>) -> About,
    /// The interpretations of the procedure that the form speaks of, by their ids.
    pub rests_on: &'static [&'static str],
    /// Fields in which people type the number of another case.
    pub cases: &'static [&'static str],
    /// What stands beside the form is what the act decides on: it is open also on a phone.
    pub decides_on_it: bool,
}

/// What one has to see beside a form.
#[derive(Debug, Default)]
pub struct About {
    /// Labels and values.
    pub rows: Vec<SummaryRow>,
    /// A table.
    pub table: Option<DataTable>,
    /// What may be looked up: closed until somebody opens it, so that the question stands near.
    pub more: Vec<SummaryRow>,
}

impl About {
    /// Only labels and values.
    pub fn of(rows: Vec<SummaryRow>) -> Self {
        Self {
            rows,
            ..Self::default()
        }
    }
}

impl Act {
    /// An act with its form and its trial.
    pub const fn new(
        command: &'static str,
        steps: &'static [&'static str],
        form: fn(&Scene<'_>) -> Form,
        trial: fn(&Scene<'_>) -> Value,
    ) -> Self {
        Self {
            command,
            steps,
            basis: "",
            form,
            trial,
            fresh: |_| Values::default(),
            renew: |_, _| {},
            finish: |_, _| Vec::new(),
            about: |_| About::default(),
            rests_on: &[],
            cases: &[],
            decides_on_it: false,
        }
    }

    /// The article of law, for an act that no step asks for.
    pub const fn basis(mut self, basis: &'static str) -> Self {
        self.basis = basis;
        self
    }

    /// What stands in a fresh form.
    pub const fn fresh(mut self, fresh: fn(&Scene<'_>) -> Values) -> Self {
        self.fresh = fresh;
        self
    }

    /// See [`Act::renew`](field@Act::renew).
    pub const fn renew(mut self, renew: fn(&Scene<'_>, &mut Values)) -> Self {
        self.renew = renew;
        self
    }

    /// See [`Act::finish`](field@Act::finish).
    pub const fn finish(mut self, finish: fn(&Scene<'_>, &mut Value) -> Vec<Fault>) -> Self {
        self.finish = finish;
        self
    }

    /// See [`Act::rests_on`](field@Act::rests_on).
    pub const fn rests_on(mut self, rests_on: &'static [&'static str]) -> Self {
        self.rests_on = rests_on;
        self
    }

    /// See [`Act::cases`](field@Act::cases).
    pub const fn cases(mut self, cases: &'static [&'static str]) -> Self {
        self.cases = cases;
        self
    }

    /// See [`Act::decides_on_it`](field@Act::decides_on_it).
    pub const fn decides_on_it(mut self) -> Self {
        self.decides_on_it = true;
        self
    }

    /// What stands beside the form.
    pub const fn about(mut self, about: fn(&Scene<'_>) -> About) -> Self {
        self.about = about;
        self
    }
}

impl Scene<'_> {
    /// The state of the case.
    pub fn state(&self) -> &CaseState {
        &self.file.state
    }

    /// Now.
    pub fn now(&self) -> Instant {
        self.file.at
    }

    /// Today.
    pub fn today(&self) -> NaiveDate {
        self.file.at.date()
    }

    /// How an act stands about what the address names: so the page says before anybody types that it is
    /// not possible, in the words of the domain.
    pub fn standing(&self, command: &str) -> Option<Standing> {
        let event = self.event.map(|(event, _)| event.to_string());
        let (application, named) = (self.application, self.item.or(event.as_deref()));
        if let Some(named) = named {
            return application.possible_about(self.officer, self.file, command, named);
        }
        let offers = application.possible(self.officer, self.file).into_iter();
        let mut offers = offers.filter(|offer| offer.command == command);
        offers.next().map(|offer| offer.standing)
    }

    /// Whether the domain would take this command now. Nothing is written.
    pub fn allows(&self, command: Value) -> Result<(), Rejection> {
        match Command::from_json(command) {
            Ok(command) => self.decides(&command),
            Err(_) => Ok(()),
        }
    }

    /// What is wrong with this command now, with a field of it or by the procedure.
    pub fn tried(&self, command: &Value) -> Result<(), Fault> {
        let command = Command::from_json(command.clone()).map_err(|field| Fault::of_field(&field));
        self.decides(&command?)
            .map_err(|refusal| Fault::of_refusal(&refusal))
    }

    fn decides(&self, command: &Command) -> Result<(), Rejection> {
        let actor = self.officer.actor();
        let application = self.application;
        let context = Context::new(
            self.now(),
            &actor,
            &application.procedure,
            &application.calendar,
        );
        self.file.allows(command, &context)
    }

    /// The first id of the kind `g1`, `g2`, … that the case does not have.
    pub fn next_id(&self, letter: &str, taken: impl Fn(&str) -> bool) -> String {
        let mut number = 1;
        loop {
            let id = format!("{letter}{number}");
            if !taken(&id) {
                return id;
            }
            number += 1;
        }
    }

    /// A text.
    pub fn t(&self, key: &str) -> String {
        self.language.text(key)
    }

    /// A label with its value.
    pub fn row(&self, key: &str, value: impl Into<String>) -> SummaryRow {
        SummaryRow {
            label: self.t(key),
            value: value.into(),
            act: None,
        }
    }

    /// The label of a code, or the code itself where this version has none.
    pub fn word(&self, prefix: &str, code: &str) -> String {
        let key = format!("{prefix}-{}", code.replace('.', "-"));
        let found = self.language.find(&key, &[]);
        found.unwrap_or_else(|| code.to_owned())
    }

    /// The label of a value of a list of the domain.
    pub fn word_of(&self, prefix: &str, value: &impl serde::Serialize) -> String {
        match serde_json::to_value(value) {
            Ok(Value::String(code)) => self.word(prefix, &code),
            _ => String::new(),
        }
    }

    /// The items of the plan that are in one of these states.
    pub fn items(&self, possible: &[ItemState]) -> Vec<&Item> {
        let items = self.state().plan_in_force();
        let items = items.into_iter().flat_map(|plan| &plan.items);
        items
            .filter(|item| possible.contains(&item.state))
            .collect()
    }

    /// The item that the address names.
    pub fn named_item(&self) -> Option<&Item> {
        let id = self.item?;
        let plan = self.state().plan_in_force();
        let mut items = plan.into_iter().flat_map(|plan| &plan.items);
        items.find(|item| item.facts.id.as_str() == id)
    }

    /// The referral that the address names.
    pub fn named_referral(&self) -> Option<&ReferralState> {
        let id = self.item?;
        let mut referrals = self.state().referrals.iter();
        referrals.find(|referral| referral.id.as_str() == id)
    }

    /// The referrals that are in one of these states.
    pub fn referrals(&self, possible: &[ReferralStatus]) -> Vec<&ReferralState> {
        let referrals = self.state().referrals.iter();
        referrals
            .filter(|referral| possible.contains(&referral.status))
            .collect()
    }

    /// The name of a unit today.
    pub fn unit(&self, code: &str) -> String {
        self.units.name(code, self.today())
    }

    /// What a thing of the case is called.
    pub fn thing(&self, kind: Kind, id: &Code) -> String {
        self.things.name(kind, id.as_str()).into_owned()
    }

    /// What an item is called.
    pub fn item_name(&self, item: &Item) -> String {
        self.thing(Kind::Item, &item.facts.id)
    }

    /// What a referral is called.
    pub fn referral_name(&self, referral: &ReferralState) -> String {
        self.thing(Kind::Referral, &referral.id)
    }
}

/// The question that hides behind "did this happen at another time?": officers write down later what
/// they did. Never required.
pub(super) fn occurred() -> Section {
    Section::new("occurred", "act-occurred")
        .intro("act-occurred-intro")
        .collapsed()
        .field(Field::other_instant("occurred_at", "act-occurred-at").optional())
}

/// The item that the act is about: named by the address, or chosen.
pub(super) fn item_field(scene: &Scene<'_>, possible: &[ItemState]) -> Field {
    if scene.named_item().is_some() {
        return Field::hidden("item_id");
    }
    let items = scene.items(possible);
    let choice = |item: &&Item| {
        Choice::new(item.facts.id.as_str().to_owned(), scene.item_name(item)).hint(item_dates(item))
    };
    Field::radios("item_id", "act-item", items.iter().map(choice))
}

fn item_dates(item: &Item) -> String {
    let (start, end) = (item.facts.start.0, item.facts.end.0);
    format!("{} – {}", words::date(start), words::date(end))
}

/// Names the item of the address in a fresh form.
pub(super) fn item_values(scene: &Scene<'_>) -> Values {
    scene.item.iter().map(|id| ("item_id", *id)).collect()
}

/// A trial on the item of the address, or on any.
pub(super) fn item_trial(scene: &Scene<'_>, command: &str, possible: &[ItemState]) -> Value {
    let any = || {
        let first = scene.items(possible).first().map(|item| &item.facts.id);
        first.map_or("-", |id| id.as_str()).to_owned()
    };
    json!({ "type": command, "item_id": scene.item.map_or_else(any, str::to_owned) })
}

/// The item that the act is about, to be seen beside the form.
pub(super) fn item_about(scene: &Scene<'_>) -> About {
    let Some(item) = scene.named_item() else {
        return About::default();
    };
    let mut rows = vec![scene.row("act-item", scene.item_name(item))];
    if let Some(personal) = &item.personal {
        rows.push(scene.row("plan-responsible", personal.responsible.as_str()));
        if let Some(provider) = &personal.provider {
            rows.push(scene.row("plan-provider", provider.as_str()));
        }
    }
    rows.push(scene.row("act-item-dates", item_dates(item)));
    let state = match item.state {
        ItemState::Planned => "item-planned",
        ItemState::Started => "item-started",
        ItemState::Completed => "item-completed",
        ItemState::Failed => "item-failed",
    };
    rows.push(scene.row("act-item-state", scene.t(state)));
    About::of(rows)
}

/// The referral that the act answers: named by the address, or chosen.
pub(super) fn referral_field(scene: &Scene<'_>, possible: &[ReferralStatus]) -> Field {
    if scene.named_referral().is_some() {
        return Field::hidden("referral_id");
    }
    let referrals = scene.referrals(possible);
    let choice = |referral: &&ReferralState| {
        let choice = Choice::new(
            referral.id.as_str().to_owned(),
            scene.referral_name(referral),
        );
        match &referral.reason {
            Some(reason) => choice.hint(reason.clone()),
            None => choice,
        }
    };
    Field::radios("referral_id", "act-referral", referrals.iter().map(choice))
}

/// Names the referral of the address in a fresh form.
pub(super) fn referral_values(scene: &Scene<'_>) -> Values {
    scene.item.iter().map(|id| ("referral_id", *id)).collect()
}

/// A trial on the referral of the address, or on any.
pub(super) fn referral_trial(
    scene: &Scene<'_>,
    command: &str,
    possible: &[ReferralStatus],
) -> Value {
    let any = || {
        let first = scene.referrals(possible).first().map(|r| &r.id);
        first.map_or("-", |id| id.as_str()).to_owned()
    };
    json!({ "type": command, "referral_id": scene.item.map_or_else(any, str::to_owned) })
}

/// The referral that is answered, to be seen beside the form.
pub(super) fn referral_about(scene: &Scene<'_>) -> About {
    let Some(referral) = scene.named_referral() else {
        return About::default();
    };
    let mut rows = vec![scene.row("act-referral", scene.referral_name(referral))];
    if let Some(reason) = &referral.reason {
        rows.push(scene.row("refer-reason", reason.as_str()));
    }
    if let Some(by) = referral.respond_by {
        rows.push(scene.row("refer-respond-by", words::date(by.date())));
    }
    About::of(rows)
}

/// Puts the codes ticked under `path` and the words typed under `other` into one array.
pub(super) fn join_words(command: &mut Value, path: &str, other: &str) {
    let Some(fields) = command.as_object_mut() else {
        return;
    };
    let mut all = Vec::new();
    for name in [path, other] {
        if let Some(Value::Array(values)) = fields.remove(name) {
            all.extend(values);
        }
    }
    if !all.is_empty() {
        fields.insert(path.to_owned(), Value::Array(all));
    }
}

/// Where `path` was answered with `other`, the words typed under `words` stand in its place.
pub(super) fn own_words(command: &mut Value, path: &str, words: &str) -> Vec<Fault> {
    use crate::language::Sentence;
    let Some(fields) = command.as_object_mut() else {
        return Vec::new();
    };
    let typed = fields.remove(words);
    let other = fields.get(path).and_then(Value::as_str) == Some("other");
    match (other, typed) {
        (true, Some(typed)) => {
            fields.insert(path.to_owned(), typed);
            Vec::new()
        }
        (true, None) => {
            // Nothing stands there until it is said what.
            fields.remove(path);
            vec![Fault::new(
                format!("/{words}"),
                "missing",
                Sentence::key("fault-missing"),
            )]
        }
        (false, Some(_)) => vec![Fault::new(
            format!("/{words}"),
            "two-answers",
            Sentence::key("fault-words-without-other"),
        )],
        (false, None) => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use domain::case::Procedure;

    use crate::pages::acts::ACTS;

    #[test]
    fn every_form_rests_on_interpretations_that_there_are() {
        let procedure = Procedure::shipped();
        for (act, _) in ACTS {
            for id in act.rests_on {
                let mut known = procedure.interpretations.iter();
                assert!(known.any(|one| one.id == *id), "{}: {id}", act.command);
            }
        }
    }
}
