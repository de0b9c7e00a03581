"""HTML as PDF and DOCX."""
