"""What is built twice, for the server and for the browser, and must agree."""
