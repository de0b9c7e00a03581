"""Mails to the parties, notices to Fedasil's people, messages between both."""
