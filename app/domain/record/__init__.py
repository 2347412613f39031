"""The public record: the bytes of its entries, the tree over them, its tiles, and marks. For accounts, codes, devices,
dialogue, draws, figures, installation, places, responses, simulation, slips, surveys and the layers above.
"""
