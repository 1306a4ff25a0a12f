"""Layout: computes the positions of nodes, frames, edges and text; text is measured first."""
