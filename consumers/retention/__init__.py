"""Retention, receiving: whose new quote is much dearer than the last should be called before they leave."""
