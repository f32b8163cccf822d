"""Who we are: names, absences, labels."""
