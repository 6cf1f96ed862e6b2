"""The words, as data a teacher can read and correct; a folder a language; one loader."""
