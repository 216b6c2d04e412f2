"""The workbench: a rule, a membership and who came, and what the rule makes of them, before anybody adopts it."""
