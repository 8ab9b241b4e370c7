"""The bloc of a unit, copied beside the unit wherever rows are asked for by bloc; no unit ever moves to another."""

import pgtrigger


def copy_bloc(column="unit_id"):
    """The trigger that fills bloc_id from the unit in `column`."""
    found = f"SELECT bloc_id INTO NEW.bloc_id FROM organizations_unit WHERE id = NEW.{column}"  # noqa: S608 -- no input
    return pgtrigger.Trigger(
        name="copy_bloc",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf(column),
        func=f"{found}; RETURN NEW;",
    )
