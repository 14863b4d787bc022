"""The commands of `xiaoer evals` that judge answers, refusals and checks."""
