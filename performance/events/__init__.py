"""Every fact performance announces, one function each, a module for each topic.

Ids and versions only; what was written stays in its rows.
"""
