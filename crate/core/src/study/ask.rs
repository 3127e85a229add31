//! The forwards of a run: a tree of questions goes in, the log-probabilities of their paths come out.

use super::question::{Path, Question};
use crate::Result;
use crate::engine::Engine;
use crate::model::Read;
use crate::prompt::{NodeId, PromptTree};

/// A question and the nodes of each of its paths.
pub type Placed<'a> = (Question<'a>, Vec<Vec<NodeId>>);

/// The log-probabilities of each question's paths: by one forward, or by one a path where the whole does not fit the
/// cache.
///
/// # Errors
/// What the model gives.
pub async fn ask(
    engine: &mut Engine,
    tree: &PromptTree,
    questions: &[Placed<'_>],
) -> Result<Vec<Vec<Vec<f32>>>> {
    if tree.len() <= engine.model.slots() {
        return forward(engine, tree, questions).await;
    }
    let mut answers = Vec::with_capacity(questions.len());
    for (question, _) in questions {
        let mut of_question = Vec::with_capacity(question.paths.len());
        for path in &question.paths {
            let alone = Question {
                subject: question.subject,
                paths: vec![path.clone()],
            };
            let mut tree = PromptTree::new();
            let nodes = vec![tree.insert(&path.tokens)];
            of_question.extend(
                forward(engine, &tree, &[(alone, nodes)])
                    .await?
                    .into_iter()
                    .flatten(),
            );
        }
        answers.push(of_question);
    }
    Ok(answers)
}

async fn forward(
    engine: &mut Engine,
    tree: &PromptTree,
    questions: &[Placed<'_>],
) -> Result<Vec<Vec<Vec<f32>>>> {
    let paths = || questions.iter().flat_map(|(question, _)| &question.paths);
    let depths = paths().flat_map(|path| path.targets.iter().map(|(at, _)| *at));
    // Where something is read there must be a row.
    let kept = engine.model.kept(&tree.stem()).min(depths.min().unwrap_or(0));
    let batch = tree.batch_after(kept);
    let mut read = Read::default();
    for (question, nodes) in questions {
        for (path, nodes) in question.paths.iter().zip(nodes) {
            read.targets.extend(
                path.targets
                    .iter()
                    .map(|(at, id)| (batch.row_of_node[nodes[*at]], *id)),
            );
        }
    }
    let output = engine.model.forward(&batch, &read).await?;
    let mut values = output.log_probs.into_iter();
    let mut of_path = |path: &Path| values.by_ref().take(path.targets.len()).collect();
    Ok(questions
        .iter()
        .map(|(question, _)| question.paths.iter().map(&mut of_path).collect())
        .collect())
}
