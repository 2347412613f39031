"""What is rendered for paper or as a file: values in, bytes out; no database. For views, commands and workflows."""
