"""Who may do what in performance. Which rows somebody sees is `visible_to`; this is about touching them."""
