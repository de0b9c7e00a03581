from .due import DueJob
from .log import LogEntry, LogNote
from .mail import Mail
from .stored_file import StoredFile
from .user import User

__all__ = ["DueJob", "LogEntry", "LogNote", "Mail", "StoredFile", "User"]
