//! The forwards of a run: a tree of questions goes in, the log-probabilities of their paths come out.

use super::question::{Path, Question};
use crate::Result;
use crate::engine::Engine;
use crate::model::Read;
use crate::prompt::{NodeId, PromptTree};
use crate::steer::SteeringPlan;

/// A question and the nodes of each of its paths.
pub type Placed<'a> = (Question<'a>, Vec<Vec<NodeId>>);

/// The log-probabilities of one question's paths.
pub type LogProbs = Vec<Vec<f32>>;

/// Puts a question into a tree; the roles of its tokens are told apart where an edit does.
pub fn place(
    tree: &mut PromptTree,
    question: &Question<'_>,
    conditions: &[SteeringPlan],
) -> Vec<Vec<NodeId>> {
    let apart = conditions.iter().any(SteeringPlan::tells_roles_apart);
    let nodes = question.paths.iter().map(|path| match apart {
        true => tree.insert_as(&path.tokens, &path.roles()),
        false => tree.insert(&path.tokens),
    });
    nodes.collect()
}

/// The log-probabilities of each question's paths under each condition: by one forward, or by one a path where the
/// whole does not fit the cache. The layers below the lowest edit run once for all conditions.
///
/// # Errors
/// What the model gives.
pub async fn ask(
    engine: &mut Engine,
    tree: &PromptTree,
    questions: &[Placed<'_>],
    conditions: &[SteeringPlan],
) -> Result<Vec<Vec<LogProbs>>> {
    if tree.len() <= engine.model.slots() {
        return forward(engine, tree, questions, conditions).await;
    }
    let mut answers = vec![Vec::with_capacity(questions.len()); conditions.len()];
    for (question, _) in questions {
        let mut of_question = vec![Vec::with_capacity(question.paths.len()); conditions.len()];
        for path in &question.paths {
            let alone = Question {
                subject: question.subject,
                paths: vec![path.clone()],
            };
            let mut tree = PromptTree::new();
            let nodes = place(&mut tree, &alone, conditions);
            let found = forward(engine, &tree, &[(alone, nodes)], conditions).await?;
            for (all, found) in of_question.iter_mut().zip(found) {
                all.extend(found.into_iter().flatten());
            }
        }
        for (answers, of_question) in answers.iter_mut().zip(of_question) {
            answers.push(of_question);
        }
    }
    Ok(answers)
}

async fn forward(
    engine: &mut Engine,
    tree: &PromptTree,
    questions: &[Placed<'_>],
    conditions: &[SteeringPlan],
) -> Result<Vec<Vec<LogProbs>>> {
    let paths = || questions.iter().flat_map(|(question, _)| &question.paths);
    let depths = paths().flat_map(|path| path.targets.iter().map(|(at, _)| *at));
    // What the cache keeps are the keys and values of unedited tokens. And where something is read there must be a row.
    let kept = match conditions.iter().all(SteeringPlan::is_empty) {
        true => engine.model.kept(&tree.stem()).min(depths.min().unwrap_or(0)),
        false => 0,
    };
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
    let hooks: Vec<_> = conditions.iter().map(|plan| plan.hooks(&batch.roles)).collect();
    let outputs = engine.model.forward_each(&batch, &read, &hooks).await?;
    let answers = outputs.into_iter().map(|output| {
        let mut values = output.log_probs.into_iter();
        let mut of_path = |path: &Path| values.by_ref().take(path.targets.len()).collect();
        let of_question = |(question, _): &Placed<'_>| question.paths.iter().map(&mut of_path).collect();
        questions.iter().map(of_question).collect()
    });
    Ok(answers.collect())
}
