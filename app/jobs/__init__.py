"""What happens without being asked (huey): each job opens a transaction and calls one service."""
