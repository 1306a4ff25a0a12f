"""Multi-valued decision diagrams: rules are compiled once, queries take time linear in the diagram."""
