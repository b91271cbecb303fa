"""From rows to figures and back: what goes in, what the methods make of it, what is kept and how it is told."""
