"""Drawing districts: atlas, breaks, classes, labels, layers, projection, the forms; imported module by module."""
