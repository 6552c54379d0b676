"""HTML of what pages show, one module for each page; imported module by module; computes nothing."""
