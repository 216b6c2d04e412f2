"""What the commands in the Makefile do: prepare a machine, run the portal on it, and run what guards the portal."""
