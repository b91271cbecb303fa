"""What is known of vacancies: who held a seat, where whoever took it came from, and how placements went."""
