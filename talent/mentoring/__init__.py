"""Who could teach whom: reads what mentors offer and what others wish, and nothing else that is known of anybody's talent."""
