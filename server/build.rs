//! Texts, templates and static files are built into the binary: build anew when one of them comes.

fn main() {
    for folder in ["locales", "templates", "static"] {
        println!("cargo:rerun-if-changed={folder}");
    }
}
