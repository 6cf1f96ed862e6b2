"""Analysis to page, PDF, chart and terminal."""
