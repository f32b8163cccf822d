"""Who we are: names, absences, roles, labels."""
