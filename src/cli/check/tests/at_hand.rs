//! Where the SAT's published schemas are: those that come with the Python package satcfdi, for xmllint to read.
//! No test of its own; tests that need them say that they were skipped where they are not at hand.

use std::path::PathBuf;
use std::process::Command;

/// Where the package keeps the schemas, under its own folder.
const SCHEMAS: &str = "transform/schemas/www.sat.gob.mx/sitio_internet/cfd";
/// Prints the folder of the package without running anything of it.
const FIND: &str = "import importlib.util as u; s = u.find_spec('satcfdi'); \
    print(list(s.submodule_search_locations)[0] if s else '')";

/// The folder of the schemas, or what is missing to use them.
pub fn folder() -> Result<PathBuf, &'static str> {
    let runs = |command: &mut Command| command.output().ok().filter(|run| run.status.success());
    runs(Command::new("xmllint").arg("--version")).ok_or("xmllint is not installed")?;
    let found =
        runs(Command::new("python3").args(["-c", FIND])).ok_or("python3 is not installed")?;
    let package = String::from_utf8_lossy(&found.stdout).trim().to_owned();
    let folder = PathBuf::from(package).join(SCHEMAS);
    if folder.is_dir() {
        Ok(folder)
    } else {
        Err("satcfdi is not installed")
    }
}
