//! States where code names the tokens that a call of a model took.

use ruff_text_size::TextRange;

use super::walk::Walker;
use crate::facts::Certainty;
use crate::facts::schema::python::PythonTokenCount;

/// What clients of models call the tokens that a call took, or what they cost.
const TOKEN_COUNTS: &[&str] = &[
    "usage",
    "usage_metadata",
    "token_usage",
    "prompt_tokens",
    "completion_tokens",
    "total_tokens",
    "input_tokens",
    "output_tokens",
    "prompt_token_count",
    "candidates_token_count",
    "total_token_count",
    "prompt_eval_count",
    "eval_count",
    "completion_cost",
    "total_cost",
];

impl Walker<'_, '_> {
    /// States a word by which clients of models call the tokens that a call took.
    pub(super) fn state_token_count(&mut self, word: &str, range: TextRange) {
        if !TOKEN_COUNTS.contains(&word) {
            return;
        }
        let (span, function, module) = (self.span(range), self.function(), self.model.row);
        let name = word.to_owned();
        self.facts.push(PythonTokenCount { span, certainty: Certainty::Certain, module, function, name });
    }
}
