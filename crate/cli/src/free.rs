//! `free`: items answered in words.

use crate::arguments::Free;
use crate::commands::{open, test_request};
use crate::output::{print, say, shown};
use crate::terminal::Terminal;
use serde::Serialize;
use traitscope::Result;
use traitscope::engine::ModelInfo;
use traitscope::measure::{FreeScores, Share};
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
    let kinds = [
        ("items", "options", &summary.items),
        ("statements", "answers", &summary.statements),
    ];
    for (items, options, scores) in kinds {
        if let Some(scores) = scores {
            say_scores(items, options, scores);
        }
    }
    Ok(())
}

fn say_scores(items: &str, options: &str, found: &FreeScores) {
    let refused = |share: &Share| {
        let [value, low, high] = [share.share, share.low, share.high].map(|x| 100.0 * x);
        let (count, of) = (share.count, share.of);
        format!("{count} of {of} name none of the {options} ({value:.1}% [{low:.1}, {high:.1}])")
    };
    for score in &found.scores {
        let value = score.score.map_or_else(|| "no score".into(), shown);
        let (scale, count) = (&score.scale, score.items);
        say(&format!(
            "{scale:<20} {value} from {count} {items}, {}\n",
            refused(&score.refused)
        ));
    }
    say(&format!("all {items}: {}\n", refused(&found.refused)));
    if let Some(retest) = &found.retest {
        say(&format!(
            "first against second answers of {} {items}: {:.0}% the same, r {}\n",
            retest.pairs,
            100.0 * retest.same,
            retest.r.map_or_else(|| "none".into(), |r| format!("{r:.2}"))
        ));
    }
}
