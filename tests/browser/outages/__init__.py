"""Browser, server and network fail, at any moment: nothing is lost, nothing counts twice."""
