//! `timbra sandbox`: the sandbox alone, until it is interrupted.

use std::io::{self, Write};
use std::path::Path;
use std::time::Duration;

use color_eyre::eyre::{self, Context};
use tokio::runtime;
use tokio::signal::unix::{SignalKind, signal};

use super::Exit;
use super::arguments::{BooksArguments, SandboxArguments};
use crate::sandbox::{self, Fault, Options, RawPlace, Running};

/// Serves until SIGINT or SIGTERM.
///
/// # Errors
///
/// What keeps the sandbox from starting, or its lines from being written.
pub fn serve(arguments: SandboxArguments) -> eyre::Result<Exit> {
    let options = options(arguments)?;
    let runtime = runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        // Before the line that says that it is ready: whoever reads that may interrupt at once.
        let mut interrupt = signal(SignalKind::interrupt())?;
        let mut terminate = signal(SignalKind::terminate())?;
        let running = sandbox::start(options).await?;
        announce(&running)?;
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
        running.stop().await;
        Ok(Exit::Done)
    })
}

/// The choices about the books; what was not chosen is left to the sandbox.
pub fn choose_books(options: &mut Options, books: &BooksArguments) {
    if let Some(invoices) = books.invoices {
        options.invoices = invoices;
    }
    if let Some(seed) = books.seed {
        options.seed = seed;
    }
    options.today = books.today;
}

fn options(arguments: SandboxArguments) -> eyre::Result<Options> {
    let mut options = Options::default();
    if let Some(listen) = arguments.listen {
        options.listen = listen;
    }
    choose_books(&mut options, &arguments.books);
    options.latency = arguments.latency.map(Duration::from_millis);
    options.rate_limit = arguments.rate_limit;
    options.strict = arguments.strict;
    if arguments.strict {
        options.raw = RawPlace::Envelope;
    } else if let Some(raw) = arguments.raw {
        options.raw = raw;
    }
    if let Some(idempotency) = arguments.idempotency {
        options.idempotency = idempotency;
    }
    if let Some(file) = arguments.faults {
        options.faults = Fault::parse_lines(&read(&file)?)?;
    }
    Ok(options)
}

fn read(file: &Path) -> eyre::Result<String> {
    let text = if file == Path::new("-") {
        io::read_to_string(io::stdin())
    } else {
        std::fs::read_to_string(file)
    };
    text.wrap_err_with(|| format!("cannot read {}", file.display()))
}

/// What is to be pasted goes to standard error; the one line on standard output says that it is ready.
fn announce(running: &Running) -> io::Result<()> {
    let url = running.url();
    let mut errors = io::stderr().lock();
    writeln!(errors, "export TIMBRA_API_URL={url}")?;
    writeln!(errors, "export TIMBRA_API_KEY={}", running.api_key())?;
    writeln!(errors, "export TIMBRA_APP_ID={}", running.app_id())?;
    writeln!(
        errors,
        "export TIMBRA_CONSUMER_ID={}",
        running.consumer_id()
    )?;
    let mut output = io::stdout().lock();
    writeln!(output, "listening on {url}")?;
    output.flush()
}
