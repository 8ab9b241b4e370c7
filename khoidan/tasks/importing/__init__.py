"""Tasks from a spreadsheet: read, looked at row by row, entered by the rules of the form, given through the gate."""
