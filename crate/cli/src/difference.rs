//! What a data set would teach the model along a direction.

use crate::direction_arguments::Difference;
use crate::directions::open_along;
use crate::files::read_at_most;
use crate::output::{self, print, say, shown};
use crate::terminal::Terminal;
use traitscope::Result;
use traitscope::study::data_set::MAX_BYTES;
use traitscope::study::{DifferenceRequest, difference as study, parse_texts};

/// `difference`
pub async fn difference(command: Difference) -> Result<()> {
    let texts = parse_texts(&read_at_most(&command.texts, MAX_BYTES)?)?;
    let terminal = Terminal::default();
    let place = &command.at;
    let (mut engine, meter) = open_along(&command.model, &command.vectors, place, &terminal).await?;
    let request = DifferenceRequest {
        texts,
        meter,
        system: command.system,
        prompt_mode: command.mode.into(),
        max_tokens: command.max_tokens,
        temperature: command.temperature,
        seed: command.seed,
    };
    let result = study(&mut engine, &request, &terminal).await?;
    if command.model.json {
        return print(&output::Compared {
            at: place.to_string(),
            texts: request.texts,
            result,
            program: concat!("traitscope ", env!("CARGO_PKG_VERSION")).into(),
            model: engine.info(),
        });
    }
    say(&format!("{place}, in standard deviations of neutral text\n"));
    if let Some(mean) = result.difference {
        say(&format!("More than the model's own answers by {}\n", shown(mean)));
    }
    if let Some(mean) = result.z {
        say(&format!("The texts by themselves {}\n", shown(mean)));
    }
    say("\n difference      z  text\n");
    for row in &result.rows {
        let difference = row.difference.map(|value| format!("{value:+.2}"));
        say(&format!(
            "{:>11} {:>+6.2}  {:?}\n",
            difference.unwrap_or_default(),
            row.z,
            request.texts[row.index].response
        ));
    }
    Ok(())
}
