"""Partnership representation: which post of a board or group was represented at which of its meetings."""
