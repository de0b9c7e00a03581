"""Accounts, files, mails, log entries, confirmations, absences."""

from .absence import Absence, DaysAway
from .address_code import AddressCode
from .confirmation import ConfirmationRequest
from .due import DueJob
from .file_store import FileStore
from .log import LogEntry, LogNote
from .mail import Mail
from .notice import Notice, NoticeChoice, Way
from .stored_file import StoredFile
from .user import User

__all__ = [
    "Absence",
    "AddressCode",
    "ConfirmationRequest",
    "DaysAway",
    "DueJob",
    "FileStore",
    "LogEntry",
    "LogNote",
    "Mail",
    "Notice",
    "NoticeChoice",
    "StoredFile",
    "User",
    "Way",
]
