"""Schedule, agenda, attendance, decisions, minutes and actions."""
