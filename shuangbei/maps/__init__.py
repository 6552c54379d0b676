"""Drawing districts as maps and tiles; computes no figure. Imported module by module."""
