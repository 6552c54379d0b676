"""What machines are told of the site: heads of pages, structured data, feed, cards for sharing."""
