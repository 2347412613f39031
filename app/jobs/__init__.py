"""What happens without being asked (huey): each job opens a transaction and calls one service. For the command
`samvad worker` alone.
"""
