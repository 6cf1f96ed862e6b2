"""A scored corpus summed up by group: counted in one pass, shown as tables, a page and a PDF."""
