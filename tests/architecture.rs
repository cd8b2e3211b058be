//! The arrows between the rooms, read off the code itself.
//!
//! Every path of every source file is looked at: imports (groups, renames, globs), inline paths, `super::` chains,
//! re-exports, and the paths inside macros. What is not allowed by the table below fails, tests included: a room's
//! own tests use no more than the room does. Bad arrows are planted here, so that the reading itself is tested.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use syn::visit::{self, Visit};

/// No file is longer than this many lines.
const LONGEST: usize = 700;

/// The rooms, and which others each may use.
const ARROWS: &[(&str, &[&str])] = &[
    ("domain", &[]),
    ("sat", &["domain"]),
    ("search", &["domain"]),
    ("words", &["domain", "sat"]),
    ("api", &["domain"]),
    ("store", &["domain", "search"]),
    ("app", &["domain", "sat", "search", "words"]),
    ("ui", &["app", "domain", "words"]),
    (
        "worker",
        &["app::msg", "api", "store", "sat", "search", "domain"],
    ),
    ("sandbox", &[]),
    ("terminal", &[]),
    ("runtime", &["app", "ui", "worker", "terminal"]),
    ("config", &["domain", "words"]),
    ("credentials", &["domain"]),
    ("diagnostics", &["terminal"]),
    ("cli", EVERYTHING),
    ("main", EVERYTHING),
    ("lib", EVERYTHING),
];

const EVERYTHING: &[&str] = &[
    "domain",
    "sat",
    "search",
    "words",
    "api",
    "store",
    "app",
    "ui",
    "worker",
    "sandbox",
    "terminal",
    "runtime",
    "config",
    "credentials",
    "diagnostics",
    "cli",
];

/// What a pure room never touches: I/O, tasks, screens, clocks.
const IMPURE: &[&str] = &[
    "tokio",
    "ratatui",
    "crossterm",
    "reqwest",
    "rusqlite",
    "axum",
    "color_eyre",
    "clap",
    "std::fs",
    "std::net",
    "std::process",
    "std::env",
    "std::thread",
    "std::io::stdin",
    "std::io::stdout",
    "std::io::stderr",
];

/// Further things that a room never touches, by their paths.
const FORBIDDEN: &[(&str, &[&str])] = &[
    ("domain", IMPURE),
    ("domain", &["serde_json"]),
    ("sat", IMPURE),
    ("search", IMPURE),
    ("words", IMPURE),
    ("app", IMPURE),
    (
        "ui",
        &[
            "tokio",
            "crossterm",
            "reqwest",
            "rusqlite",
            "axum",
            "std::fs",
            "std::net",
            "std::process",
            "std::env",
        ],
    ),
    (
        "api",
        &["ratatui", "crossterm", "rusqlite", "axum", "std::fs"],
    ),
    (
        "store",
        &["ratatui", "crossterm", "reqwest", "axum", "tokio"],
    ),
    ("worker", &["ratatui", "crossterm"]),
    ("sandbox", &["ratatui", "crossterm", "reqwest", "rusqlite"]),
    ("terminal", &["tokio", "reqwest", "rusqlite"]),
    (
        "runtime",
        &["tokio", "reqwest", "rusqlite", "std::fs", "std::net"],
    ),
];

/// Rooms to which time, like everything else, is told.
const WITHOUT_CLOCK: &[&str] = &["domain", "sat", "search", "words", "app", "ui"];

/// Rooms in which money or its like is handled; a float has no business there.
const WITHOUT_FLOATS: &[&str] = &["domain", "sat", "api", "store", "sandbox"];

/// Rooms that may write to standard output.
const WITH_STDOUT: &[&str] = &["terminal", "cli"];

/// Where a piece of code stands: `["app", "msg"]`.
type Module = Vec<String>;

/// Everything in one file that the rules speak of.
#[derive(Default)]
struct Reading {
    room: String,
    /// Modules from the room down to where the visit is.
    here: Module,
    faults: BTreeSet<String>,
}

impl Reading {
    fn of(file: &str, source: &str) -> BTreeSet<String> {
        let here = module_of(file);
        let mut reading = Self {
            room: here.first().cloned().unwrap_or_else(|| "lib".to_owned()),
            here,
            faults: BTreeSet::new(),
        };
        match syn::parse_file(source) {
            Ok(parsed) => reading.visit_file(&parsed),
            Err(error) => reading.fault(format!("cannot be parsed: {error}")),
        }
        reading.faults
    }

    fn fault(&mut self, what: String) {
        self.faults
            .insert(format!("{}: {what}", self.here.join("::")));
    }

    /// Judges a path as it is written; `exported` when others can reach it through here.
    fn path(&mut self, written: &[String], exported: bool) {
        self.things_outside(written);
        let Some(target) = self.resolve(written) else {
            return;
        };
        let Some(room) = target.first() else {
            self.fault(format!(
                "`{}` is the crate's root, which hides the arrow",
                written.join("::")
            ));
            return;
        };
        if *room == self.room || matches!(self.room.as_str(), "lib" | "main") {
            return;
        }
        if !ARROWS.iter().any(|(name, _)| name == room) {
            // A name that the root of the crate happens to have, not a room.
            self.fault(format!("`{}` is no room", written.join("::")));
            return;
        }
        let joined = target.join("::");
        let allowed = ARROWS
            .iter()
            .filter(|(from, _)| *from == self.room)
            .flat_map(|(_, to)| *to)
            .any(|to| joined == *to || joined.starts_with(&format!("{to}::")));
        if !allowed {
            self.fault(format!(
                "`{}` is an arrow from {} to {room}",
                written.join("::"),
                self.room
            ));
        }
        if exported {
            self.fault(format!(
                "`{}` is handed on to others, which hides the arrow",
                written.join("::")
            ));
        }
    }

    fn things_outside(&mut self, written: &[String]) {
        let joined = written.join("::");
        let forbidden = FORBIDDEN
            .iter()
            .filter(|(room, _)| *room == self.room)
            .flat_map(|(_, things)| *things)
            .find(|thing| joined == **thing || joined.starts_with(&format!("{thing}::")));
        if let Some(thing) = forbidden {
            self.fault(format!("`{joined}` uses {thing}"));
        }
        let last = written.last().map_or("", String::as_str);
        if last == "now" && written.len() > 1 && WITHOUT_CLOCK.contains(&self.room.as_str()) {
            self.fault(format!("`{joined}` reads a clock"));
        }
        if last == "stdout" && !WITH_STDOUT.contains(&self.room.as_str()) {
            self.fault(format!("`{joined}` touches standard output"));
        }
        if matches!(last, "f32" | "f64") && WITHOUT_FLOATS.contains(&self.room.as_str()) {
            self.fault(format!("`{joined}` is a float"));
        }
    }

    /// The modules that a path leads to, or none when it leads out of the crate or stays where it is.
    fn resolve(&self, written: &[String]) -> Option<Module> {
        let mut rest = written.iter();
        let mut at = match rest.next()?.as_str() {
            "crate" | "$crate" | "timbra" => Module::new(),
            "self" => self.here.clone(),
            "super" => {
                let mut up = self.here.clone();
                up.pop();
                up
            }
            _ => return None,
        };
        for segment in rest {
            match segment.as_str() {
                "super" => {
                    at.pop();
                }
                "self" => {}
                name => at.push(name.to_owned()),
            }
        }
        // `super::*` of a room's first module: the root itself, with all rooms in it.
        Some(if at.first().is_some_and(|first| first == "*") {
            Module::new()
        } else {
            at
        })
    }

    fn tree(&mut self, tree: &syn::UseTree, prefix: &[String], exported: bool) {
        let extended = |name: String| [prefix, &[name]].concat();
        match tree {
            syn::UseTree::Path(path) => {
                self.tree(&path.tree, &extended(path.ident.to_string()), exported);
            }
            syn::UseTree::Name(name) => self.path(&extended(name.ident.to_string()), exported),
            syn::UseTree::Rename(rename) => {
                self.path(&extended(rename.ident.to_string()), exported)
            }
            syn::UseTree::Glob(_) => self.path(&extended("*".to_owned()), exported),
            syn::UseTree::Group(group) => {
                for tree in &group.items {
                    self.tree(tree, prefix, exported);
                }
            }
        }
    }

    /// The paths inside a macro, where there is nothing but tokens.
    fn tokens(&mut self, text: &str) {
        for written in paths_in(text) {
            match written.as_slice() {
                [only] if only == "unsafe" => self.fault("unsafe inside a macro".to_owned()),
                _ => self.path(&written, false),
            }
        }
    }
}

impl<'ast> Visit<'ast> for Reading {
    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        let exported = !matches!(item.vis, syn::Visibility::Inherited);
        self.tree(&item.tree, &[], exported);
    }

    // Who may see an item is no use of what is there.
    fn visit_visibility(&mut self, _: &'ast syn::Visibility) {}

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let written: Vec<String> = path
            .segments
            .iter()
            .map(|part| part.ident.to_string())
            .collect();
        self.path(&written, false);
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, item: &'ast syn::Macro) {
        let name = item
            .path
            .segments
            .last()
            .map(|part| part.ident.to_string())
            .unwrap_or_default();
        if matches!(name.as_str(), "print" | "println")
            && !WITH_STDOUT.contains(&self.room.as_str())
        {
            self.fault(format!("{name}! touches standard output"));
        }
        if matches!(name.as_str(), "dbg" | "todo" | "unimplemented") {
            self.fault(format!("{name}! is not for others to see"));
        }
        self.tokens(&item.tokens.to_string());
        visit::visit_macro(self, item);
    }

    fn visit_item_mod(&mut self, item: &'ast syn::ItemMod) {
        self.here.push(item.ident.to_string());
        visit::visit_item_mod(self, item);
        self.here.pop();
    }

    fn visit_attribute(&mut self, attribute: &'ast syn::Attribute) {
        if attribute.path().is_ident("path") {
            self.fault("#[path] hides where a module is".to_owned());
        }
        if let syn::Meta::List(list) = &attribute.meta {
            let tokens = list.tokens.to_string();
            if attribute.path().is_ident("allow") && tokens.contains("dead_code") {
                self.fault("dead code is taken out, not allowed".to_owned());
            }
            self.tokens(&tokens);
        }
        visit::visit_attribute(self, attribute);
    }

    fn visit_item_extern_crate(&mut self, item: &'ast syn::ItemExternCrate) {
        self.fault(format!("extern crate {} hides its arrows", item.ident));
    }

    fn visit_expr_unsafe(&mut self, block: &'ast syn::ExprUnsafe) {
        self.fault("an unsafe block".to_owned());
        visit::visit_expr_unsafe(self, block);
    }

    fn visit_signature(&mut self, signature: &'ast syn::Signature) {
        if let syn::Safety::Unsafe(_) = signature.safety {
            self.fault(format!("unsafe fn {}", signature.ident));
        }
        visit::visit_signature(self, signature);
    }

    fn visit_item_impl(&mut self, item: &'ast syn::ItemImpl) {
        if item.unsafety.is_some() {
            self.fault("an unsafe impl".to_owned());
        }
        visit::visit_item_impl(self, item);
    }

    fn visit_lit_float(&mut self, literal: &'ast syn::LitFloat) {
        if WITHOUT_FLOATS.contains(&self.room.as_str()) {
            self.fault(format!("{literal} is a float"));
        }
    }
}

/// Runs of identifiers joined by `::` in a text of tokens, longer than one; and the word `unsafe`.
fn paths_in(text: &str) -> Vec<Vec<String>> {
    let mut paths = Vec::new();
    let mut path: Vec<String> = Vec::new();
    let mut joined = false;
    let mut rest = text.chars().peekable();
    let mut close = |path: &mut Vec<String>| {
        if path.len() > 1 || path.first().is_some_and(|word| word == "unsafe") {
            paths.push(std::mem::take(path));
        }
        path.clear();
    };
    while let Some(letter) = rest.next() {
        if letter.is_alphabetic() || letter == '_' {
            let mut word = String::from(letter);
            while let Some(more) = rest.next_if(|next| next.is_alphanumeric() || *next == '_') {
                word.push(more);
            }
            if !joined {
                close(&mut path);
            }
            path.push(word);
            joined = false;
        } else if letter == ':' && rest.next_if_eq(&':').is_some() {
            joined = !path.is_empty();
        } else if letter == '"' {
            while let Some(inside) = rest.next() {
                match inside {
                    '\\' => drop(rest.next()),
                    '"' => break,
                    _ => {}
                }
            }
            close(&mut path);
            joined = false;
        } else if !letter.is_whitespace() {
            close(&mut path);
            joined = false;
        }
    }
    close(&mut path);
    paths
}

/// `src/app/msg.rs` is the module `app::msg`; the root has none.
fn module_of(file: &str) -> Module {
    let inside = file.trim_start_matches("src/").trim_end_matches(".rs");
    if inside == "lib" {
        return Module::new();
    }
    inside.split('/').map(str::to_owned).collect()
}

/// Every source file, as `src/…` and its text.
fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![root.join("src")];
    let mut files: Vec<PathBuf> = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
        .into_iter()
        .map(|path| {
            let name = path
                .strip_prefix(root)
                .unwrap()
                .to_string_lossy()
                .into_owned();
            (name, fs::read_to_string(path).unwrap())
        })
        .collect()
}

#[test]
fn every_arrow_between_rooms_is_in_the_table() {
    let mut faults = Vec::new();
    for (file, source) in sources() {
        faults.extend(
            Reading::of(&file, &source)
                .into_iter()
                .map(|fault| format!("{file}: {fault}")),
        );
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn every_room_of_the_crate_is_in_the_table() {
    let named: BTreeSet<&str> = ARROWS.iter().map(|(room, _)| *room).collect();
    let found: BTreeSet<String> = sources()
        .iter()
        .map(|(file, _)| {
            module_of(file)
                .into_iter()
                .next()
                .unwrap_or("lib".to_owned())
        })
        .collect();
    assert_eq!(
        found.iter().map(String::as_str).collect::<BTreeSet<_>>(),
        named
    );
}

#[test]
fn the_content_of_a_secret_is_taken_out_where_it_is_used_and_nowhere_else() {
    let found: Vec<String> = sources()
        .into_iter()
        .filter(|(_, source)| source.contains(".expose()"))
        .map(|(file, _)| file)
        .collect();
    // The header of every request; the signature of a delivery; the keyring of the system.
    let expected = [
        "src/api/connection.rs",
        "src/api/webhook.rs",
        "src/credentials/keyring.rs",
    ];
    assert_eq!(
        BTreeSet::from_iter(found),
        BTreeSet::from(expected.map(str::to_owned))
    );
}

#[test]
fn no_file_is_longer_than_can_be_read_in_one_go() {
    let long: Vec<_> = sources()
        .into_iter()
        .map(|(file, source)| (file, source.lines().count()))
        .filter(|(_, lines)| *lines > LONGEST)
        .collect();
    assert!(long.is_empty(), "{long:?}");
}

#[test]
fn rooms_are_files_beside_their_folders() {
    let old: Vec<_> = sources()
        .into_iter()
        .map(|(file, _)| file)
        .filter(|file| file.ends_with("mod.rs"))
        .collect();
    assert!(old.is_empty(), "{old:?}");
}

#[test]
fn every_file_opens_with_its_contract() {
    let silent: Vec<_> = sources()
        .into_iter()
        .filter(|(_, source)| !source.starts_with("//!"))
        .map(|(file, _)| file)
        .collect();
    assert!(silent.is_empty(), "{silent:?}");
}

#[test]
fn planted_bad_arrows_are_found() {
    for (file, source) in [
        ("src/app/list.rs", "use crate::api::Books;"),
        ("src/app/list.rs", "use crate::{domain::kind::Kind, store};"),
        ("src/app/list.rs", "use crate::api as words;"),
        ("src/app/list.rs", "use crate::api::*;"),
        ("src/app/list.rs", "use crate::*;"),
        ("src/app/list.rs", "use crate as all;"),
        ("src/app/list.rs", "use super::super::api::Books;"),
        ("src/app.rs", "use super::api;"),
        ("src/app.rs", "use super::*;"),
        ("src/app.rs", "mod inner { use super::super::store; }"),
        ("src/app/list.rs", "fn f() { crate::api::send(); }"),
        ("src/app/list.rs", "fn f(a: super::super::api::Books) {}"),
        (
            "src/app/list.rs",
            "fn f() { assert!(crate::store::open()); }",
        ),
        (
            "src/app/list.rs",
            "macro_rules! m { () => { $crate::store::open() } }",
        ),
        ("src/app/list.rs", "fn f() { timbra::api::send(); }"),
        ("src/app/list.rs", "pub use crate::sat::rules;"),
        ("src/app/list.rs", "pub(crate) use crate::words::Words;"),
        ("src/app/list.rs", "extern crate timbra;"),
        ("src/app/list.rs", "#[path = \"../api.rs\"] mod api;"),
        ("src/app/list.rs", "use std::fs;"),
        ("src/app/list.rs", "use std::{fmt, fs::File};"),
        ("src/app/list.rs", "use tokio::time::sleep;"),
        ("src/app/list.rs", "fn f() { jiff::Timestamp::now(); }"),
        ("src/app/list.rs", "fn f() { vec![Timestamp::now()]; }"),
        ("src/domain/kind.rs", "use crate::sat::rfc;"),
        ("src/worker.rs", "use crate::app::Model;"),
        ("src/worker.rs", "use crate::app::{msg::Msg, Model};"),
        ("src/runtime.rs", "use crate::store::cache;"),
        ("src/ui.rs", "use crate::sat::rules;"),
        ("src/sandbox/taxes.rs", "use crate::domain::money::Money;"),
        (
            "src/sandbox/taxes.rs",
            "#[derive(crate::domain::Thing)] struct S;",
        ),
        ("src/store.rs", "fn f(total: f64) {}"),
        ("src/sat/rules.rs", "const RATE: Rate = rate(0.16);"),
        ("src/worker.rs", "fn f() { println!(\"x\"); }"),
        ("src/worker.rs", "fn f() { std::io::stdout(); }"),
        ("src/worker.rs", "fn f() { unsafe { g() } }"),
        ("src/worker.rs", "unsafe fn f() {}"),
        ("src/worker.rs", "fn f() { todo!() }"),
    ] {
        assert!(!Reading::of(file, source).is_empty(), "{file}: {source}");
    }
}

#[test]
fn good_arrows_are_left_alone() {
    for (file, source) in [
        (
            "src/app/list.rs",
            "use crate::domain::{kind::Kind, record::*};",
        ),
        (
            "src/app/list.rs",
            "use super::msg::Effect; use super::super::domain::kind::Kind;",
        ),
        (
            "src/app/list.rs",
            "mod tests { use super::*; use crate::words::Words; }",
        ),
        (
            "src/app.rs",
            "pub mod msg; pub use msg::{Effect, Msg}; pub use self::model::Model;",
        ),
        (
            "src/worker.rs",
            "use crate::app::msg::{Effect, Fact}; use crate::api::Books;",
        ),
        (
            "src/app/list.rs",
            "fn f() { format!(\"crate::api::x {}\", crate::domain::x()); }",
        ),
        (
            "src/app/list.rs",
            "fn f(model: &Model) -> Timestamp { model.now }",
        ),
        ("src/search/ranking.rs", "fn f(score: f32) {}"),
        (
            "src/cli.rs",
            "use crate::store; fn f() { println!(\"x\"); }",
        ),
        ("src/main.rs", "fn main() { timbra::cli::run(); }"),
    ] {
        let faults = Reading::of(file, source);
        assert!(faults.is_empty(), "{file}: {source}: {faults:?}");
    }
}
