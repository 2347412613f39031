"""What an installation is made of: told as a list, looked up among known faults, carried to where no network is."""
