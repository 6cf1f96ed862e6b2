"""What a scored corpus comes to, by group: counted in one pass, told as tables, a page and a PDF."""
