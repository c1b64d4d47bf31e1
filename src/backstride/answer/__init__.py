"""The answer: a daily series comes in; Deltas, parts, dose, verdicts and doubts go out, without words."""
