"""What the pages of figures count, each number with the address of its rows."""
