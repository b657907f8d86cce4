//! The migrations are built into the program: a new one has it built again.

fn main() {
    println!("cargo:rerun-if-changed=../migrations");
}
