"""The words for every cause, a file for what it is about."""
