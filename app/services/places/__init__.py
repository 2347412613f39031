"""Places: the department's tree, their names, and importing lists of them."""
