"""What was measured: one line per figure for machines, then a table for people."""

DATABASE, GROWTH, PROCESSOR, QUERIES = 1.5, 1.5, 1.2, 8  # goals


class Report:
    def __init__(self):
        self.rows = []

    def add(self, page, who, size, queries, database, waited, processor):
        """Milliseconds by ("page" | "raw" | "minimal", size)."""
        told = {
            "page": page,
            "who": who,
            "size": size,
            "queries": queries,
            "database": database["page", size],
            "by hand": database["raw", size],
            "waited": waited["page", size],
            "waited by hand": waited["raw", size],
            "processor": processor["page", size],
            "minimal": processor["minimal", size],
        }
        self.rows.append(told)

    def smallest(self, row):
        return next(r for r in self.rows if (r["page"], r["who"]) == (row["page"], row["who"]))

    def figures(self):
        """(name, value, goal) of every ratio."""
        for row in self.rows:
            name = f"{row['page']}.{row['who']}.{row['size']}"
            first = self.smallest(row)
            yield f"{name}.database", row["database"] / row["by hand"], DATABASE
            if row is not first:
                yield f"{name}.growth", row["database"] / first["database"], GROWTH
            yield f"{name}.processor", row["processor"] / row["minimal"], PROCESSOR
            yield f"{name}.queries", row["queries"], QUERIES

    def write(self):
        for name, value, goal in self.figures():
            print(f"{name} ratio {value:.2f} goal {goal}")
        print()
        titles = tuple(self.rows[0])
        print("| " + " | ".join(titles) + " |")
        print("|" + "---|" * len(titles))
        for row in self.rows:
            cells = [f"{row[title]:.1f}" if isinstance(row[title], float) else str(row[title]) for title in titles]
            print("| " + " | ".join(cells) + " |")
