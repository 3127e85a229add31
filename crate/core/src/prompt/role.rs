//! Which part of a conversation a token belongs to.

/// The part that a token plays in a prompt and what follows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Role {
    /// Belongs to the prompt, and is not its last token.
    Prompt,
    /// Ends the prompt: the first token of the response is predicted from here.
    Last,
    /// Belongs to the response.
    Response,
}

impl Role {
    /// The roles of a path whose prompt has `prompt` tokens, from the token at `from` on.
    pub fn of(prompt: usize, from: usize, tokens: usize) -> Vec<Role> {
        (from..from + tokens)
            .map(|at| match (at + 1).cmp(&prompt) {
                core::cmp::Ordering::Less => Role::Prompt,
                core::cmp::Ordering::Equal => Role::Last,
                core::cmp::Ordering::Greater => Role::Response,
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::Role::{self, Last, Prompt, Response};

    #[test]
    fn the_last_token_of_the_prompt_has_a_role_of_its_own() {
        assert_eq!(Role::of(3, 0, 5), [Prompt, Prompt, Last, Response, Response]);
        assert_eq!(Role::of(3, 2, 1), [Last]);
        assert_eq!(Role::of(3, 7, 1), [Response]);
        assert_eq!(Role::of(1, 0, 1), [Last]);
    }
}
