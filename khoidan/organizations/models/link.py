"""History of many-to-many fields: a proxy of their table, tracked by this, notes who was added and who removed."""

import pghistory

track_links = pghistory.track(pghistory.InsertEvent("added"), pghistory.DeleteEvent("removed"), obj_field=None)
