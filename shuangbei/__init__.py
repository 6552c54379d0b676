"""Progress of Chongqing's plan to double its technology enterprises, from public statistics."""
