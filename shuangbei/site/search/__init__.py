"""The index that the search of the site reads, its names and records."""
