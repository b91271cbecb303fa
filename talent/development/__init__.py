"""What is known of development plans: levels they start from, what could be learnt, how the plans of many stand."""
