"""The tests. They mirror app/; see README.md."""
