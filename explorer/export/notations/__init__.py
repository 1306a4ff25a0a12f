"""An architecture in the languages of other diagram tools, as their own parsers accept it."""
