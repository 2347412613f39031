"""What goes together with satisfaction. For districts and above, never for a station."""
