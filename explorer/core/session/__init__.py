"""Session values: workspace, history, scenarios, share codes and the walk."""
