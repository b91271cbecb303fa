"""People: employees and their history, the organisation, jobs, competencies, accounts, and who may see whom."""
