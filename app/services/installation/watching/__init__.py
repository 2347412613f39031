"""Whether an installation is well, told in sentences, and what can be measured of it. For the web and the commands."""
