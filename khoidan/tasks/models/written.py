"""What people write of a task, and where each goes along when a task is made of another record.

A new field is decided about here: its form, the columns of the import, parts and templates follow.
"""

PARTS, TEMPLATE = "parts", "template"
GOES_TO = {
    "title": {PARTS, TEMPLATE},
    "deliverable": {PARTS, TEMPLATE},
    "requirement": {PARTS, TEMPLATE},
    "description": {PARTS, TEMPLATE},
    "unit": {TEMPLATE},  # each part has its own
    "accountable": set(),  # chosen for each part; a template names a position or a person
    "helpers": set(),
    "checker": {PARTS, TEMPLATE},  # but nobody checks what they do themselves
    "organizations": {TEMPLATE},  # a part counts for the organization that does it
    "area": {PARTS, TEMPLATE},
    "address": {PARTS, TEMPLATE},
    "start": {PARTS},  # of a template its rule says when
    "due": {PARTS},
    "urgency": {PARTS, TEMPLATE},
    "private": {PARTS, TEMPLATE},
}
IN_PARTS = tuple(name for name, where in GOES_TO.items() if PARTS in where)
IN_TEMPLATES = tuple(name for name, where in GOES_TO.items() if TEMPLATE in where)
WORDED = ("title", "deliverable", "requirement", "description")  # in a template with words that each task fills
