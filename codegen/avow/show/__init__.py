"""Answers as text for people: trees and aligned columns, with colours that only a terminal gets to see."""
