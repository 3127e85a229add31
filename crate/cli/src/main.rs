//! `traitscope` in a terminal: the model, the items and the read-outs of the page, natively.

mod arguments;
mod choices;
mod coherence;
mod commands;
mod difference;
mod direction_arguments;
mod directions;
mod effect;
mod effect_report;
mod files;
mod free;
mod likert_report;
mod monitor;
mod output;
mod report;
mod study;
mod study_report;
mod terminal;

use arguments::Arguments;
use clap::Parser;
use std::process::ExitCode;
use traitscope::host::block_on;

fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => return refuse(&error),
    };
    let json = arguments.json();
    match block_on(commands::run(arguments)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            if json {
                output::fault(error.code(), &error.to_string());
            }
            output::complain(&format!("{}: {error}", error.code()));
            ExitCode::FAILURE
        }
    }
}

/// Ends on a command line that cannot be carried out, or on `--help` and `--version`, which clap reports as errors too.
fn refuse(error: &clap::Error) -> ExitCode {
    // What was asked for is not known where the line is wrong; a program that wants JSON must still get it.
    if error.use_stderr() && std::env::args_os().any(|argument| argument == "--json") {
        let message = error.render().to_string();
        let message = message.trim_start_matches("error: ").trim_end();
        output::fault("request.invalid", message);
    }
    error.exit()
}
