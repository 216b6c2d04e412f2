"""What every app stands on: accounts, history, outbox, jobs and stored files."""
