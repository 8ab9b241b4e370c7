"""The XML inside office files, read as it streams by: no declarations of its own, no mark of secrecy."""

import re
from xml.parsers import expat

from . import secrecy
from .reasons import Unfit

READ = re.compile(  # parts with words of the page
    r"word/(document|header\d*|footer\d*|comments)\.xml|ppt/slides/slide\d+\.xml"
    r"|xl/(sharedStrings|worksheets/sheet\d+)\.xml|(content|styles)\.xml"
)
PARAGRAPHS = {"p", "h", "si", "is", "br", "line-break"}
EVENTS = 400_000  # looked at by Python, which is slow; the rest only passes the parser
LAG = 8 * 2**20  # bytes of one tag
ELSEWHERE = re.compile(r"(https?|ftps?|mhtml):|(file:/*)?\\\\|(file:)?//[^/]", re.IGNORECASE)
FETCHED = ("attachedTemplate", "oleObject", "subDocument", "frame")


class Part:
    """One XML file of the archive; fed with its bytes, raises Unfit."""

    def __init__(self, name):
        self.parser = expat.ParserCreate()
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self.declares
        self.line, self.fed, self.events, self.types = "", 0, 0, []
        if READ.fullmatch(name):
            self.parser.CharacterDataHandler = self.text
            self.parser.StartElementHandler = self.start
            self.parser.EndElementHandler = self.end
        elif name.endswith(".rels") or name in ("[Content_Types].xml", "META-INF/manifest.xml"):
            self.parser.StartElementHandler = self.note

    def feed(self, chunk, *, last=False):
        try:
            self.parser.Parse(chunk, last)
        except expat.ExpatError as error:
            raise Unfit("broken") from error
        self.fed += len(chunk)
        if self.fed - max(self.parser.CurrentByteIndex, 0) > LAG and not last:
            raise Unfit("unpacks")
        if self.events > EVENTS:
            self.parser.CharacterDataHandler = self.parser.StartElementHandler = self.parser.EndElementHandler = None

    def declares(self, *_declared):
        raise Unfit("entities")

    def text(self, text):
        self.events += 1
        if len(self.line) <= secrecy.LONGEST:
            self.line += text[: secrecy.LONGEST + 1]

    def start(self, name, _attributes):
        self.events += 1
        if name.rpartition(":")[2] in PARAGRAPHS:
            self.finish_line()

    def end(self, name):
        self.start(name, None)

    def finish_line(self):
        mark = secrecy.mark_in(self.line)
        if mark:
            raise Unfit("secret", mark=mark)
        self.line = ""

    def note(self, name, attributes):
        """Of the lists of the archive: what its parts are, what they fetch from elsewhere, whether they are locked."""
        if name.rpartition(":")[2] == "encryption-data":
            raise Unfit("encrypted")
        self.types.append(attributes.get("ContentType", ""))
        fetched = attributes.get("Type", "").rpartition("/")[2] in FETCHED
        if fetched and attributes.get("TargetMode") == "External" and ELSEWHERE.match(attributes.get("Target", "")):
            raise Unfit("remote")
