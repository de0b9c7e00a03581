from .due import DueJob
from .log import LogEntry, LogNote
from .mail import Mail
from .user import User

__all__ = ["DueJob", "LogEntry", "LogNote", "Mail", "User"]
