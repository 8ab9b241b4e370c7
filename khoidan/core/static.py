"""Static files: a hash in every name, compressed once when collected."""

from whitenoise.storage import CompressedManifestStaticFilesStorage

[STYLE_SHEETS, _scripts] = CompressedManifestStaticFilesStorage.patterns
[_glob, [ADDRESS, IMPORT, _source_map]] = STYLE_SHEETS


class Storage(CompressedManifestStaticFilesStorage):
    """Leaves source-map comments as they are, for maps are not collected; keeps no name without its hash."""

    patterns = (("*.css", (ADDRESS, IMPORT)),)
    keep_only_hashed_files = True
