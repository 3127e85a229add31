//! `traitscope` in a terminal: the model, the items and the read-outs of the page, natively.

mod arguments;
mod commands;
mod output;
mod report;
mod terminal;

use arguments::Arguments;
use clap::Parser;
use serde_json::json;
use std::process::ExitCode;
use traitscope::host::block_on;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let json = arguments.json();
    match block_on(commands::run(arguments)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            if json {
                let fault = json!({"error": {"code": error.code(), "message": error.to_string()}});
                output::say(&format!("{fault}\n"));
            }
            output::complain(&format!("{}: {error}", error.code()));
            ExitCode::FAILURE
        }
    }
}
