"""What must hold of the rows of a pack; where it does not, the place and a remedy are told."""
