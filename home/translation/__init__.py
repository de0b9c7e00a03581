"""The site in its other languages: checks, what is missing, publishing whole, who may write which language."""
