"""Running chapters, building the book, and putting the finished site in place."""
