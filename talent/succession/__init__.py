"""What is known of benches: each successor beside the role, all benches together, what an absence breaks, what was endorsed."""
