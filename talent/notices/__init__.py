"""What talent tells people, a module for each topic. A notice never says anything of talent itself: it leads to where it is read."""
