"""What tq adds to a Python that runs a student's program."""
