"""Places: the department's tree, their names, and importing lists of them. For accounts, codes, devices, dialogue,
draws, figures, installation, responses, simulation, slips and the layers above.
"""
