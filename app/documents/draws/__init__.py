"""What is printed for draws and the calls about them. For the web."""
