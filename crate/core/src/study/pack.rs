//! Questions put together into prompt trees, as many as one forward carries well.

use super::ask::{Placed, place};
use super::question::{Question, Subject};
use super::request::ScoreRequest;
use crate::Result;
use crate::engine::Engine;
use crate::prompt::PromptTree;
use crate::steer::SteeringPlan;

/// Tokens of one forward, about: large enough to fill the kernels, small enough that a request to stop is heard
/// within a second or two on a slow device.
const FORWARD_TOKENS: usize = 256;

/// The questions about some subjects, in their order.
pub struct Packer<'a> {
    request: &'a ScoreRequest,
    subjects: &'a [Subject<'a>],
    conditions: &'a [SteeringPlan],
    next: usize,
    held: Option<Question<'a>>,
}

impl<'a> Packer<'a> {
    /// None of them is packed yet.
    pub fn new(
        request: &'a ScoreRequest,
        subjects: &'a [Subject<'a>],
        conditions: &'a [SteeringPlan],
    ) -> Self {
        Self {
            request,
            subjects,
            conditions,
            next: 0,
            held: None,
        }
    }

    /// The next tree and the questions in it; nothing after the last.
    ///
    /// A question alone may be larger than the model's cache, where its answers are long: see [`super::ask::ask`].
    ///
    /// # Errors
    /// What [`Question::new`] gives.
    pub fn next(&mut self, engine: &Engine) -> Result<Option<(PromptTree, Vec<Placed<'a>>)>> {
        let slots = engine.model.slots();
        let mut tree = PromptTree::new();
        let mut questions = Vec::new();
        while let Some(question) = self.take(engine)? {
            let mut alone = PromptTree::new();
            place(&mut alone, &question, self.conditions);
            let mut with_it = tree.clone();
            let nodes = place(&mut with_it, &question, self.conditions);
            let fits =
                with_it.len() <= slots && joins(with_it.len(), with_it.len() - tree.len(), alone.len());
            if !tree.is_empty() && !fits {
                self.held = Some(question);
                break;
            }
            tree = with_it;
            questions.push((question, nodes));
        }
        Ok((!questions.is_empty()).then_some((tree, questions)))
    }

    fn take(&mut self, engine: &Engine) -> Result<Option<Question<'a>>> {
        if let Some(held) = self.held.take() {
            return Ok(Some(held));
        }
        let Some(subject) = self.subjects.get(self.next) else {
            return Ok(None);
        };
        self.next += 1;
        Question::new(engine, self.request, *subject).map(Some)
    }
}

/// Whether a question goes into a tree that has `together` tokens with it, `added` of them new where the question alone
/// has `own`.
///
/// The forms of an item share their situation, so that it is worth going over the usual size, up to twice, for a
/// question a third of which is there already.
fn joins(together: usize, added: usize, own: usize) -> bool {
    together <= FORWARD_TOKENS || (together <= 2 * FORWARD_TOKENS && 3 * added <= 2 * own)
}

#[cfg(test)]
mod tests {
    use super::joins;

    #[test]
    fn a_tree_grows_over_its_size_only_for_what_it_shares() {
        assert!(joins(FULL, 100, 100));
        assert!(!joins(FULL + 1, 100, 100));
        assert!(joins(FULL + 1, 100, 150));
        assert!(!joins(FULL + 1, 101, 150));
        assert!(!joins(2 * FULL + 1, 10, 150));
    }

    const FULL: usize = super::FORWARD_TOKENS;
}
