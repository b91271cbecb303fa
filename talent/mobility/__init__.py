"""Where a career may lead and what is open inside the company, beside what a person can do and said they want. It reads
skills and aspirations as far as the reader may, and nothing of succession, readiness, potential or flight risk."""
