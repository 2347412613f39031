"""Simulation of the headline: cases, draws, invitations, interviews and what is done to them. For the layers above."""
