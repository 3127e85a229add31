//! `free`: items answered in words.

use crate::arguments::Free;
use crate::commands::{open, test_request};
use crate::output::{print, say, shown};
use crate::terminal::Terminal;
use serde::Serialize;
use traitscope::Result;
use traitscope::engine::ModelInfo;
use traitscope::measure::Share;
use traitscope::study::{FreeRequest, FreeResult, free_answers};

/// What `--json` prints.
#[derive(Serialize)]
struct Answered {
    #[serde(flatten)]
    result: FreeResult,
    model: ModelInfo,
}

pub async fn free(command: Free) -> Result<()> {
    let request = FreeRequest {
        test: test_request(&command.test)?,
        samples: command.samples,
        max_tokens: command.max_tokens,
        temperature: command.temperature,
    };
    let terminal = Terminal::default();
    let mut engine = open(&command.model, &terminal).await?;
    let result = free_answers(&mut engine, &request, &terminal).await?;
    if command.model.json {
        let model = engine.info();
        return print(&Answered { result, model });
    }
    let summary = &result.summary;
    for score in &summary.scores {
        let value = score.score.map_or_else(|| "no score".into(), shown);
        let items = score.items;
        say(&format!(
            "{:<20} {value} from {items} items, {}\n",
            score.trait_name,
            refused(&score.refused)
        ));
    }
    say(&format!("all: {}\n", refused(&summary.refused)));
    if let Some(retest) = &summary.retest {
        say(&format!(
            "first against second answers of {} items: {:.0}% the same, r {}\n",
            retest.pairs,
            100.0 * retest.same,
            retest.r.map_or_else(|| "none".into(), |r| format!("{r:.2}"))
        ));
    }
    Ok(())
}

fn refused(share: &Share) -> String {
    let [value, low, high] = [share.share, share.low, share.high].map(|x| 100.0 * x);
    format!(
        "{} of {} answers name no option ({value:.1}% [{low:.1}, {high:.1}])",
        share.count, share.of
    )
}
