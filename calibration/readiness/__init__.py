"""The readiness audit: can talent decisions trust the performance data, and which discipline needs investment first?

A module for each group of questions measures (numbers in a few aggregates, whatever the size of the company); `standards`
says from where on a figure is good, and why; `verdicts` how the answers follow; `answers` puts them into words.
"""
