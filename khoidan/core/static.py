"""Static files: a hash in every name, compressed once when collected."""

import re

from whitenoise.storage import CompressedManifestStaticFilesStorage

[STYLE_SHEETS, _scripts] = CompressedManifestStaticFilesStorage.patterns
[_glob, [ADDRESS, IMPORT, _source_map]] = STYLE_SHEETS
# What packages ship beside what a browser loads; compressing it took most of a minute.
NOT_SERVED = re.compile(r"\.(map|scss|ts|md)$|\.(rtl|esm)\.|(^|/)(LICENSE|package\.json)$")


class Storage(CompressedManifestStaticFilesStorage):
    """Keeps what browsers load, under hashed names only; comments that name source maps stay as they are."""

    patterns = (("*.css", (ADDRESS, IMPORT)),)
    keep_only_hashed_files = True

    def post_process(self, paths, dry_run=False, **options):
        served = {name: found for name, found in paths.items() if not NOT_SERVED.search(name)}
        if not dry_run:
            self.delete_files(paths.keys() - served.keys())
        yield from super().post_process(served, dry_run=dry_run, **options)
