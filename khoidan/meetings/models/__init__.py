from .agenda import AgendaItem
from .attendance import Attendance
from .conclusion import Conclusion
from .meeting import Meeting, MeetingKind

__all__ = ["AgendaItem", "Attendance", "Conclusion", "Meeting", "MeetingKind"]
