"""Home: my work, navigation, jobs in progress, and what looks at both disciplines."""
