"""What becomes of an answer when the network, the page, the browser or the server goes away."""
