//! A form and its parts.

use super::field::{Field, Kind};
use super::words::Caption;

/// A form for one command.
#[derive(Debug, Clone)]
pub struct Form {
    /// The command's `type`, and the name of its drafts.
    pub name: &'static str,
    /// Its parts, in order.
    pub sections: Vec<Section>,
    /// Text of the one primary button.
    pub submit: &'static str,
    /// Further buttons that also send the form: value of the button and its text.
    pub also: Vec<(&'static str, &'static str)>,
}

impl Form {
    /// A form for the command `name` with the text of its button.
    #[must_use]
    pub fn new(name: &'static str, submit: &'static str) -> Self {
        Self {
            name,
            sections: Vec::new(),
            submit,
            also: Vec::new(),
        }
    }

    /// Adds a section.
    #[must_use]
    pub fn section(mut self, section: Section) -> Self {
        self.sections.push(section);
        self
    }

    /// Adds another button that sends the form; its value comes back in [`super::Submission`].
    #[must_use]
    pub fn also(mut self, value: &'static str, text: &'static str) -> Self {
        self.also.push((value, text));
        self
    }

    /// Keys of all texts that the form shows, so that a test can hold them to both languages.
    #[must_use]
    pub fn text_keys(&self) -> Vec<&'static str> {
        let mut keys = vec![self.submit];
        keys.extend(self.also.iter().map(|(_, key)| *key));
        let mut add = |caption: &Caption| {
            if let Caption::Key(key) = caption
                && !key.is_empty()
            {
                keys.push(key);
            }
        };
        for section in &self.sections {
            add(&section.title);
            section.intro.iter().for_each(&mut add);
            section
                .fields
                .iter()
                .for_each(|field| field.captions(&mut add));
        }
        for field in self.fields() {
            if let Kind::Group(group) = &field.kind {
                keys.extend([group.row_title, group.add]);
            }
        }
        keys
    }

    /// All fields, in order.
    pub fn fields(&self) -> impl Iterator<Item = &Field> {
        self.sections.iter().flat_map(|section| &section.fields)
    }
}

/// A part of a form under its own heading.
#[derive(Debug, Clone)]
pub struct Section {
    /// Stable id, for links.
    pub id: &'static str,
    /// Its heading.
    pub title: Caption,
    /// A sentence under the heading.
    pub intro: Option<Caption>,
    /// Its fields, in order.
    pub fields: Vec<Field>,
    /// Whether it waits behind its title until somebody opens it. It is open where something stands
    /// in it or something in it is wrong.
    pub collapsed: bool,
}

impl Section {
    /// A section with its heading.
    #[must_use]
    pub fn new(id: &'static str, title: impl Into<Caption>) -> Self {
        Self {
            id,
            title: title.into(),
            intro: None,
            fields: Vec::new(),
            collapsed: false,
        }
    }

    /// Lets it wait behind its title: for what is asked rarely.
    #[must_use]
    pub fn collapsed(mut self) -> Self {
        self.collapsed = true;
        self
    }

    /// A sentence under the heading.
    #[must_use]
    pub fn intro(mut self, intro: impl Into<Caption>) -> Self {
        self.intro = Some(intro.into());
        self
    }

    /// Adds a field.
    #[must_use]
    pub fn field(mut self, field: Field) -> Self {
        self.fields.push(field);
        self
    }
}
