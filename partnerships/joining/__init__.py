"""How somebody comes in: the team gives them an account, or names them as a further member of the team."""
