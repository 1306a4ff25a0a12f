"""Empty: python-pptx imports it for text fitting, which Berth does not use."""
