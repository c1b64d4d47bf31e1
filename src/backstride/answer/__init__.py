"""The answer: a daily series comes in; both Deltas, path parts, dose, verdicts and doubts go out, without words."""
