//! `traitscope` in a terminal: the model, the items and the read-outs of the page, natively.

mod arguments;
mod commands;
mod output;
mod terminal;

use arguments::Arguments;
use clap::Parser;
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let json = arguments.json();
    match terminal::block_on(commands::run(arguments)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            if json {
                println!(
                    "{}",
                    serde_json::json!({"error": {"code": error.code(), "message": error.to_string()}})
                );
            }
            eprintln!("{}: {error}", error.code());
            ExitCode::FAILURE
        }
    }
}
