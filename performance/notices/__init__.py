"""What performance tells people, a module for each topic: the kinds of notice, and who is told on which occasion."""
