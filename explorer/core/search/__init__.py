"""Search over answers: counterfactuals, minimal changes, information gain and relevance."""
