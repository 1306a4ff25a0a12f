"""Decision map layout: card sizes, layered tree and the initial viewport."""
