"""Quoting, receiving: makes a quote when one is asked for, and a new one when the owner of an insured house moves.

It needs to know customers, and can in two styles: it calls them back (``notification``), or it keeps a replica of what
it needs (``state_transfer``).
"""
