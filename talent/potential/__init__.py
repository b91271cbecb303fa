"""What is known about potential: the questionnaire, the levels that follow from answers, and the population of a round."""
