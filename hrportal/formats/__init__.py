"""How dates are written where the usual way of a language is not ours."""
