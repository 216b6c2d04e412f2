"""Speed as a multiple of a floor that runs beside the portal: ``python -m bench``, or ``make bench``."""
