"""From schemas to the generated package: layout, views, templates, and the text of the codecs."""
